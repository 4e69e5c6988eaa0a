import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Misuse } from '../../bench/options.ts'
import { planOf } from '../../bench/plan.ts'

const names = (...args: string[]) => planOf(args).candidates.map(({ name }) => name)

describe('what npm run bench is asked for', () => {
  it('takes the benchmarks whose name holds one of the words', () => {
    expect(names('model/day', 'streams')).toEqual([
      'kernel/streams.js',
      'model/day.js 1000',
      'model/day.js 10000',
      'model/day.js 100000',
    ])
    expect(names('model/day', '--million')).toContain('model/day.js 1000000')
    expect(names('sqlite')).toEqual(['end-to-end/sqlite.js 2000 14'])
    expect(new Set(names()).size).toBe(names().length)
  })

  it('names files that are there', () => {
    const sources = join(import.meta.dirname, '../../bench')
    for (const { file } of planOf([]).candidates) {
      expect(existsSync(join(sources, file.replace(/js$/, 'ts'))), file).toBe(true)
    }
  })

  it('refuses before anything is measured', () => {
    const out = join(tmpdir(), 'mingle-no-such-folder', 'out.json')
    for (const [args, message] of [
      [['kernel', 'zzz'], /holds 'zzz', expected a part of one of: kernel\/phold\.js 1000/],
      [['--frob'], /unknown option '--frob'/],
      [['--out'], /'--out <value>' argument missing/],
      [['--out', out], /there is no folder .*mingle-no-such-folder; make it first/],
      [['--out', tmpdir()], /which is a folder/],
    ] as const) {
      expect(() => planOf(args), args.join(' ')).toThrow(Misuse)
      expect(() => planOf(args), args.join(' ')).toThrow(message)
    }
  })
})
