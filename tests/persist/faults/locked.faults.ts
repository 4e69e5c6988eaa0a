import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { start } from './program.ts'
import { type Place, reached, Targets, verified } from './targets.ts'

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

describe('a locked SQLite database', () => {
  it.each(['bulk', 'prisma'] as const)('is waited for, then given up with a reason: %s', async (writer) => {
    const run = writer === 'bulk' ? ['run', '--count', '60', '--days', '25'] : ['run', '--count', '30', '--days', '12']
    const place: Place = { kind: 'sqlite', writer, run }
    const target = await targets.make('sqlite', writer)
    const { ended } = start(target, run)
    await reached(target, 0)
    const other = new Database(target.url.slice('file:'.length))
    other.exec('PRAGMA busy_timeout = 20000')
    other.exec('BEGIN IMMEDIATE')
    const { code, stderr } = await ended
    other.exec('ROLLBACK')
    other.close()
    if (code !== 0) {
      expect(code).toBe(1)
      expect(stderr).toMatch(/locked/)
      expect(stderr).not.toContain('not expected')
    }
    if (writer === 'bulk') await verified(target)
    await targets.endsWell(target, place)
  })
})
