import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatCommand } from '../../cli/repeat.ts'
import { databaseWords, quoted, seedWords } from '../../run/advice/index.ts'

/** The words that a shell makes of a line. */
function shellWords(line: string): string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
}

describe('commands to paste', () => {
  it.each(['a;drop table users', '$(id)', `a'b"c`, '`id`', '~', '=ls', 'a b', '*', '!x', '#y', 'ä💜', '\\'])(
    'a shell takes the seed %s as it is',
    (seed) => {
      expect(shellWords(seedWords(seed))).toEqual(['--run-seed', seed])
    },
  )

  it('a value that begins with a dash is joined to its option', () => {
    expect(seedWords('--x')).toBe('--run-seed=--x')
    expect(shellWords(seedWords('-a b'))).toEqual(['--run-seed=-a b'])
    expect(repeatCommand('run', { seed: '-5', startDate: '2024-02-01' }, 3)).toBe(
      'mingle run --run-seed=-5 --count 100 --days 3 --start-date 2024-02-01',
    )
  })

  it('any word comes through', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        expect(shellWords(words.map(quoted).join(' '))).toEqual(words)
      }),
      { numRuns: 20 },
    )
  })

  it('name the database unless it is the default one, and never a password', () => {
    expect(databaseWords('file:./mingle.db')).toBe('')
    expect(databaseWords('file:./my site.db')).toBe(" --database-url 'file:./my site.db'")
    expect(databaseWords('mysql://root:***@localhost/x')).toBe(' --database-url "$DATABASE_URL"')
  })
})
