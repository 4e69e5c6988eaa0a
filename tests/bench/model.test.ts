import { describe, expect, it } from 'vitest'
import { pointsOf } from '../../bench/model/scale.ts'
import { workersOf } from '../../bench/model/workers.ts'
import { Misuse } from '../../bench/options.ts'

describe('the benchmarks of the model', () => {
  it('measure the curve of bench:scale, with a million people when asked, or one point', () => {
    expect(pointsOf([])).not.toContainEqual([1_000_000, 2])
    expect(pointsOf(['--million'])).toEqual([...pointsOf([]), [1_000_000, 2]])
    expect(pointsOf(['2000', '5'])).toEqual([[2_000, 5]])
  })

  it('refuse what cannot be measured', () => {
    for (const [of, args, message] of [
      [pointsOf, ['1000'], /DAYS is nothing, expected a whole number of at least 1/],
      [pointsOf, ['many', '3'], /PEOPLE is 'many'/],
      [pointsOf, ['1000', '0'], /DAYS is '0'/],
      [pointsOf, ['1000', '3', '--million'], /both given/],
      [pointsOf, ['--millions'], /unknown option '--millions'/],
      [workersOf, ['3000', '14'], /DAYS is '14', expected a whole number of at least 35/],
      [workersOf, ['-1'], /unknown option '-1'/],
    ] as const) {
      expect(() => of(args), args.join(' ')).toThrow(Misuse)
      expect(() => of(args), args.join(' ')).toThrow(message)
    }
    expect(workersOf([])).toEqual({ people: 30_000, days: 84 })
  })
})
