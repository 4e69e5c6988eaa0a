import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { Image } from '../../../persist/sqlite/image/image.ts'

it('an image grows over several levels of pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-image-'))
  const path = join(folder, 'image')
  const image = new Image(path)
  const long = 'x'.repeat(40_000)
  const rows = 6000
  const columns = {
    id: Float64Array.from({ length: rows }, (_, i) => i * 1 + 2 ** 31),
    s: new Array(rows).fill(long),
  }
  image.add({ shape: { table: 't', key: 'id', order: ['id'], columns: { id: 'id', s: 'text' } }, rows, columns })
  image.finish()
  const database = new Database(path)
  expect(database.prepare('PRAGMA quick_check').raw().all()).toEqual([['ok']])
  expect(database.prepare('SELECT count(*), min(rowid), max(rowid), sum(length(s)) FROM t').raw().get()).toEqual([
    ...[rows, 2 ** 31, 2 ** 31 + rows - 1, rows * long.length],
  ])
  database.close()
  rmSync(folder, { recursive: true })
})
