import { describe, expect, it } from 'vitest'
import {
  bcaInterval,
  holm,
  intervalAfterPilot,
  normalShare,
  observationsNeeded,
  pairedDifference,
  pairsNeeded,
  percentileInterval,
  quantile,
  studentQuantile,
  studentTails,
  summarize,
} from '../../../experiments/statistics/index.ts'
import { makeRng, type Stream } from '../../../sim/index.ts'
import reference from './reference/scipy.json' with { type: 'json' }

describe('distributions, against scipy', () => {
  it.each(reference.t)("Student's quantile at %f with %f degrees of freedom", (p, freedom, value) => {
    expect(Math.abs(studentQuantile(p!, freedom!) / value! - 1)).toBeLessThan(1e-10)
  })
  it.each(reference.tails)("Student's tails beyond %f with %f degrees of freedom", (t, freedom, value) => {
    expect(Math.abs(studentTails(t!, freedom!) / value! - 1)).toBeLessThan(1e-10)
  })
  it.each(reference.normal)('the normal share below %f', (x, value) => {
    expect(Math.abs(normalShare(x!) / value! - 1)).toBeLessThan(1e-12)
  })
})

describe('intervals, against scipy', () => {
  const { x, bca, pct } = reference.boot
  const mean = (chosen: ArrayLike<number>) => Array.from(chosen).reduce((sum, i) => sum + x[i]!, 0) / chosen.length

  it('bootstrap: percentile and BCa', () => {
    const made = percentileInterval(x.length, mean, makeRng('pct'), 20_000)
    const corrected = bcaInterval(x.length, mean, makeRng('bca'), 20_000)
    for (const end of [0, 1]) {
      expect(made[end]).toBeCloseTo(pct[end]!, 1.8)
      expect(corrected[end]).toBeCloseTo(bca[end]!, 1.8)
    }
    expect(corrected[1] - pct[1]!).toBeGreaterThan(0.02)
  })

  it('the paired t-test', () => {
    const { a, b, p, low, high } = reference.paired
    const made = pairedDifference(a, b)
    expect(made.p).toBeCloseTo(p, 12)
    expect(made.low).toBeCloseTo(low, 12)
    expect(made.high).toBeCloseTo(high, 12)
    expect(made.varianceRatio).toBeLessThan(0.3)
  })
})

describe('small cases', () => {
  it('equal values have no deviation, one value no ends, none no mean', () => {
    expect(summarize([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, deviation: 0, low: 0.1, high: 0.1, n: 3 })
    expect(summarize([2])).toMatchObject({ mean: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY })
    expect(summarize([]).mean).toBeNaN()
  })
  it('a setting and itself do not differ', () => {
    expect(pairedDifference([1, 2, 4], [1, 2, 4])).toMatchObject({ mean: 0, low: 0, high: 0, p: 1 })
    expect(pairsNeeded(0, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(() => pairedDifference([1], [])).toThrow('one a seed')
  })
  it('Holm: the published steps, in any order', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(holm([0.9, Number.NaN, 0.6])).toEqual([1, Number.NaN, 1])
  })
  it('quantiles interpolate', () => {
    expect(quantile([0, 10, 20], 0.25)).toBe(5)
    expect(quantile([3], 0.9)).toBe(3)
  })
})

/** How often an interval holds the truth: in all trials, and in each block of 400 of them. */
function coverage(trials: number, name: string, trial: (stream: Stream) => boolean): { all: number; blocks: number[] } {
  const stream = makeRng(name)
  const held = Array.from({ length: trials }, () => trial(stream))
  const share = (part: readonly boolean[]) => part.filter(Boolean).length / part.length
  const blocks = Array.from({ length: Math.floor(trials / 400) }, (_, i) => share(held.slice(400 * i, 400 * i + 400)))
  return { all: share(held), blocks }
}
const inside = ({ low, high }: { low: number; high: number }, truth: number) => low <= truth && truth <= high
const normals = (stream: Stream, n: number) => Array.from({ length: n }, () => stream.normal(3, 2))

describe('honest intervals', () => {
  const cases: [what: string, trial: (stream: Stream) => boolean][] = [
    ["Student's, of 10", (stream) => inside(summarize(normals(stream, 10)), 3)],
    ["Student's, of 3", (stream) => inside(summarize(normals(stream, 3)), 3)],
    [
      'of a share counted over 300, of 10',
      (stream) => {
        const shares = Array.from({ length: 10 }, () => {
          let count = 0
          for (let i = 0; i < 300; i++) if (stream.chance(0.09)) count++
          return count / 300
        })
        return inside(summarize(shares), 0.09)
      },
    ],
    [
      'paired',
      (stream) => {
        const a = normals(stream, 8)
        return inside(
          pairedDifference(
            a,
            a.map((value) => value + stream.normal(0.5, 0.3)),
          ),
          0.5,
        )
      },
    ],
    [
      'after the stopping rule',
      (stream) => {
        const pilot = normals(stream, 10)
        const n = observationsNeeded(pilot, 0.9)
        const all = [...pilot, ...normals(stream, n - 10)]
        const interval = intervalAfterPilot(all, 10)
        if (interval.high - interval.low > 1.8 + 1e-12) throw new Error('the half-width was not reached')
        return inside(interval, 3)
      },
    ],
  ]
  // 400 trials of an exact interval lie outside 93–97% once in fifteen times by chance: hence many blocks of 400.
  it.each(cases.map(([name, trial]) => ({ name, trial })))(
    '$name: 93–97% of 400 trials, again and again',
    ({ name, trial }) => {
      const { all, blocks } = coverage(6000, name, trial)
      expect(all).toBeGreaterThan(0.9415)
      expect(all).toBeLessThan(0.9585)
      expect(blocks.filter((share) => share >= 0.93 && share <= 0.97).length).toBeGreaterThanOrEqual(12)
    },
  )

  it('BCa covers a skewed mean better than the percentile interval', () => {
    const cover = (make: typeof bcaInterval) =>
      coverage(600, 'skewed', (stream) => {
        const x = Array.from({ length: 30 }, () => stream.exponential(1))
        const statistic = (chosen: ArrayLike<number>) => {
          let sum = 0
          for (let i = 0; i < chosen.length; i++) sum += x[chosen[i]!]!
          return sum / chosen.length
        }
        const [low, high] = make(x.length, statistic, stream, 500)
        return low <= 1 && 1 <= high
      }).all
    const corrected = cover(bcaInterval)
    expect(corrected).toBeGreaterThan(0.915)
    expect(corrected).toBeLessThan(0.97)
    expect(corrected).toBeGreaterThan(cover(percentileInterval) - 0.01)
  })

  it('a rule that looks again after each observation would cover less', () => {
    const naive = coverage(1500, 'naive', (stream) => {
      const values = normals(stream, 3)
      while (summarize(values).high - summarize(values).low > 3) values.push(stream.normal(3, 2))
      return inside(summarize(values), 3)
    }).all
    expect(naive).toBeLessThan(0.93)
  })
})
