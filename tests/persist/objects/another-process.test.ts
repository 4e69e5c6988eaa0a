import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { makeFolder } from '../../../installation/index.ts'
import { Manifest } from '../../../persist/files/manifest.ts'
import { openObjects } from '../../../persist/index.ts'

/** What another process does, in this order: before and after each folder that we make, before each file that we rename or read. */
const meanwhile: (() => void)[] = []
const nothing = () => {}
const step = () => meanwhile.shift()?.()

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    mkdirSync(path: string, options?: { recursive: true }) {
      if (options?.recursive) return real.mkdirSync(path, options)
      step()
      try {
        real.mkdirSync(path)
      } finally {
        step()
      }
    },
    renameSync(from: string, to: string) {
      step()
      real.renameSync(from, to)
    },
    readFileSync(...given: Parameters<typeof real.readFileSync>) {
      step()
      return real.readFileSync(...given)
    },
  }
})
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    async readdir(path: string, options: { withFileTypes: true; recursive: true }) {
      // As when one of the folders within goes while they are read.
      if (meanwhile.shift()) await real.readdir(join(path, 'gone'))
      return real.readdir(path, options)
    },
  }
})

const folder = mkdtempSync(join(tmpdir(), 'mingle-another-'))
const lockedBy = (holder: string) => {
  const own = mkdtempSync(join(folder, 'locked-'))
  const lock = join(own, '.lock')
  writeFileSync(lock, holder)
  return { manifest: new Manifest(own), lock }
}
afterAll(() => rmSync(folder, { recursive: true }))

describe('another process that tidies up', () => {
  const bytes = new TextEncoder().encode('one')
  const tidiedUp = (within: string) => () => rmSync(join(folder, within, '.writing-tasks'), { recursive: true })

  it('does no harm to a file that has not its name yet', async () => {
    const store = await openObjects(join(folder, 'put'))
    await store.put('a', [bytes])
    meanwhile.push(tidiedUp('put'))
    await store.put('b', [bytes])
    expect(meanwhile).toEqual([])
    expect(readFileSync(join(folder, 'put', 'b'), 'utf8')).toBe('one')
  })

  it('again is no fault of the place that the user named: the work can be done again', async () => {
    const store = await openObjects(join(folder, 'again'))
    await store.put('a', [bytes])
    meanwhile.push(tidiedUp('again'), nothing, nothing, tidiedUp('again'))
    await expect(store.put('b', [bytes])).rejects.toMatchObject({ code: 'ENOENT', syscall: 'rename' })
    await store.put('b', [bytes])
    expect((await store.list('')).map(({ key }) => key)).toEqual(['a', 'b'])
  })

  it('does no harm to who looks a folder through', async () => {
    const store = await openObjects(join(folder, 'list'))
    await store.put('a', [bytes])
    meanwhile.push(nothing)
    expect((await store.list('')).map(({ key }) => key)).toEqual(['a'])
    meanwhile.push(nothing, nothing)
    await expect(store.list('')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    ['makes those above', [nothing, () => mkdirSync(join(folder, 'two', 'made'), { recursive: true })]],
    ['was quicker', [() => mkdirSync(join(folder, 'two', 'made', 'it'), { recursive: true })]],
    [
      'was quicker, once those above were made',
      [...new Array(8).fill(nothing), () => mkdirSync(join(folder, 'two', 'made', 'it'), { recursive: true })],
    ],
    [
      'was quicker, and tidied up at once',
      [
        () => mkdirSync(join(folder, 'two', 'made', 'it'), { recursive: true }),
        () => rmSync(join(folder, 'two', 'made', 'it'), { recursive: true }),
      ],
    ],
  ])('does no harm to who makes a folder: it %s', (_, steps) => {
    meanwhile.push(...steps)
    makeFolder(join(folder, 'two', 'made', 'it'))
    expect(meanwhile).toEqual([])
    expect(existsSync(join(folder, 'two', 'made', 'it'))).toBe(true)
    rmSync(join(folder, 'two'), { recursive: true })
  })

  it('and lets go of the lock while we ask who has it: it is ours', () => {
    const { manifest, lock } = lockedBy(String(process.ppid))
    meanwhile.push(() => rmSync(lock))
    manifest.lock()
    expect(readFileSync(lock, 'utf8')).toContain(String(process.pid))
    manifest.unlock()
  })
})

describe('the lock of a folder', () => {
  it.each([
    ['that another process has', String(process.ppid), `process ${process.ppid} writes to`],
    ['that somebody is just taking', '', 'another process writes to'],
  ])('%s is waited for', (_, holder, words) => {
    const { manifest, lock } = lockedBy(holder)
    expect(() => manifest.lock()).toThrow(
      expect.objectContaining({ code: 'DATABASE_LOCKED', message: expect.stringContaining(words) }),
    )
    expect(readFileSync(lock, 'utf8')).toBe(holder)
  })

  it('is not taken from another that was quicker to take it from a dead one', () => {
    const { manifest, lock } = lockedBy('4194305 1')
    meanwhile.push(nothing, () => {
      rmSync(lock)
      writeFileSync(lock, `${process.ppid} 2`)
    })
    expect(() => manifest.lock()).toThrow(`process ${process.ppid} writes to`)
    expect(meanwhile).toEqual([])
    expect(readdirSync(dirname(lock))).toEqual(['.lock'])
    expect(readFileSync(lock, 'utf8')).toBe(`${process.ppid} 2`)
  })

  it.each([
    ['a process of our number that began at another time', `${process.pid} 1`, 0],
    ['one that died amid taking it', '', 60],
    ['one that is dead', '4194305 1', 0],
  ])('is taken from %s, and from nobody by ourselves', (_, holder, age) => {
    const { manifest, lock } = lockedBy(holder)
    const since = Date.now() / 1000 - age
    utimesSync(lock, since, since)
    manifest.lock()
    expect(() => manifest.lock()).toThrow(`process ${process.pid} writes to`)
    manifest.unlock()
    expect(existsSync(lock)).toBe(false)
  })

  it('comes with a folder without the remains of dead processes; what others are at stays', () => {
    const { manifest, lock } = lockedBy('4194305 1')
    const own = dirname(lock)
    const stays = ['.lock', `.lock.${process.ppid}.1`, '.writing-tasks', 'manifest.json', 'users']
    for (const name of ['.writing-4194305', `.writing-${process.pid}`, '.writing-tasks', 'users']) {
      mkdirSync(join(own, name))
      writeFileSync(join(own, name, 'part'), '')
    }
    for (const name of ['.lock.4194305.1', `.lock.${process.ppid}.1`, 'manifest.json', 'manifest.json.4194305'])
      writeFileSync(join(own, name), '')
    manifest.lock()
    expect(readdirSync(own).sort()).toEqual(stays)
    manifest.unlock()
  })
})
