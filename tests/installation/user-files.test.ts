import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { reportFailure } from '../../cli/failure.ts'
import { checkFile, checkFolder, makeFolder, writeWhole } from '../../installation/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-user-files-'))
writeFileSync(join(folder, 'taken'), 'theirs')
symlinkSync('circle', join(folder, 'circle'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a folder that is made', () => {
  it('comes with those above it, and may be there', () => {
    const deep = join(folder, 'a', 'b', 'c')
    makeFolder(deep)
    makeFolder(deep)
    expect(existsSync(deep)).toBe(true)
    expect(() => makeFolder(join(folder, 'taken', 'x'))).toThrow('ENOTDIR')
    expect(() => makeFolder(join(folder, 'taken'))).toThrow('EEXIST')
  })

  it.skipIf(!existsSync('/proc/self'))('is refused where Node would try to make it for ever', () => {
    expect(() => makeFolder('/proc/nothing/here')).toThrow('ENOENT')
  })
})

describe('a folder that results go to', () => {
  it.each([
    ['taken', 'a part of the path is a file'],
    ['taken/deep/er', 'a part of the path is a file'],
    ['n'.repeat(300), 'the name is too long'],
  ])('is refused before the work: %s', (name, words) => {
    expect(() => checkFolder(join(folder, name), '--out', 'name another, or off')).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(`${words}; name another, or off$`) }),
    )
  })

  it.skipIf(!existsSync('/proc/self'))('is refused, in no time, where none can be made', () => {
    expect(() => checkFolder('/proc/nothing/here', '--out')).toThrow('there is no such folder, and none can be made')
  })

  it('is left as it was by the trial: not there, or with what is in it', () => {
    const [known, unknown] = [join(folder, 'known'), join(folder, 'un', 'known')]
    makeFolder(known)
    writeFileSync(join(known, 'file'), 'theirs')
    checkFolder(known, '--out')
    checkFolder(unknown, '--out')
    expect(readdirSync(known)).toEqual(['file'])
    expect(existsSync(join(folder, 'un'))).toBe(false)
  })
})

describe('a file that a result goes to', () => {
  it.each([
    ['.', 'it is a folder'],
    ['no/r.html', 'there is no folder'],
    ['taken/r.html', 'a part of the path is a file'],
    [`${'n'.repeat(300)}.html`, 'the name is too long'],
  ])('is refused before the work: %s', (name, words) => {
    expect(() => checkFile(join(folder, name), '--save')).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(words) }),
    )
  })

  it('is left as it was by the trial, and replaced as a whole', () => {
    const file = join(folder, 'taken')
    checkFile(file, '--save')
    expect(readFileSync(file, 'utf8')).toBe('theirs')
    writeWhole(file, 'ours')
    expect(readFileSync(file, 'utf8')).toBe('ours')
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  it('is the one that a link leads to, and no device is ever replaced', () => {
    const link = join(folder, 'link')
    symlinkSync('taken', link)
    checkFile(link, '--save')
    writeWhole(link, 'by the link')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('by the link')
    const device = join(folder, 'device')
    symlinkSync('/dev/null', device)
    checkFile(device, '--save')
    writeWhole(device, 'nowhere')
    expect(readFileSync(device, 'utf8')).toBe('')
  })
})

describe('what a machine refuses in the middle of work', () => {
  it.each([
    ['ENOSPC', { syscall: 'write' }, 'make room there'],
    ['EACCES', { syscall: 'open', path: '/x' }, 'see that it is yours'],
    ['EISDIR', { syscall: 'rename', path: '/x' }, 'it is a folder'],
    ['EMFILE', { syscall: 'open', path: '/x' }, 'ulimit -n'],
  ])('is told in one line: %s', async (code, more, words) => {
    const lines: string[] = []
    const { error } = console
    console.error = (line: string) => lines.push(line)
    try {
      expect(await reportFailure(Object.assign(new Error(`${code}: refused`), { code, ...more }), false)).toBe(1)
      // A fault of the program's own is not hidden so.
      await reportFailure(Object.assign(new Error('gone'), { code, syscall: 'connect' }), false)
    } finally {
      console.error = error
    }
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain(words)
    expect(lines[2]).toContain('not expected')
  })
})
