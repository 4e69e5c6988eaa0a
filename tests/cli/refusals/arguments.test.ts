import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandLine, optionsOf } from '../../../cli/main.ts'
import { sealValues, typed, typedList } from '../../../cli/options/arguments.ts'

/** What a command would be handed for these arguments. */
function parsed(args: readonly string[]): Record<string, unknown> {
  const cli = commandLine()
  return cli.parse(['node', 'mingle', ...sealValues(args, optionsOf(cli))], { run: false }).options
}

describe('option values', () => {
  it.each(['007', '1e3', '0x10', '-5', '.5', 'true', 'false', 'a=b', '=', '1_000', ' 12 ', 'Ünïcode 💜', 'null'])(
    'stay as typed: %s',
    (seed) => {
      expect(typed(parsed(['run', '--run-seed', seed]).runSeed, '--run-seed')).toBe(seed)
      expect(typed(parsed(['run', `--run-seed=${seed}`]).runSeed, '--run-seed')).toBe(seed)
      expect(typed(parsed(['run', '--runSeed', seed]).runSeed, '--run-seed')).toBe(seed)
      expect(typed(parsed(['run', `--runSeed=${seed}`, '--json']).runSeed, '--run-seed')).toBe(seed)
    },
  )

  it('any text given behind = comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (seed) => {
        expect(typed(parsed(['run', `--run-seed=${seed}`]).runSeed, '--run-seed')).toBe(seed)
      }),
    )
  })

  it('may be repeated where that means something', () => {
    expect(typedList(parsed(['run', '--set', 'a=1', '--set=b=2']).set, '--set')).toEqual(['a=1', 'b=2'])
    expect(() => typed(parsed(['run', '--days', '1', '--days', '2']).days, '--days')).toThrow('given 2 times')
  })

  it('do not swallow the option that follows', () => {
    expect(() => parsed(['run', '--count', '--json'])).toThrow('--count needs a value')
    for (const words of [['--run-seed', ''], ['--run-seed=']])
      expect(() => parsed(['run', ...words])).toThrow('--run-seed needs a value, got an empty one')
    expect(parsed(['--json', 'run']).json).toBe(true)
  })
})
