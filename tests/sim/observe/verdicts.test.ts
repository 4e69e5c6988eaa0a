import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correlationInterval,
  DELAY_BINS,
  type DriftRow,
  delayBin,
  delayEdge,
  gini,
  judge,
  METRIC_BY_ID,
  METRICS,
  type Measures,
  type MetricRow,
  mandatedHold,
  meanInterval,
  postRateBin,
  seedDrift,
  seedVerdict,
  slackOf,
  studentQuantile,
  wilson,
} from '../../../sim/observe/index.ts'

const LARGE = { people: 1000, days: 30 }

function verdict(id: string, value: number, n = 1000, size = LARGE) {
  const measures: Measures = { [id]: { value, n, interval: [value - 0.01, value + 0.01] } }
  return judge(measures, size).find(({ metric }) => metric.id === id)!.verdict
}

describe('one run', () => {
  it('has the band widened by a tenth of its width', () => {
    expect(slackOf(METRIC_BY_ID.get('1')!)).toBeCloseTo(0.01, 12)
    expect(verdict('1', 0.0401)).toBe('pass')
    expect(verdict('1', 0.0399)).toBe('fail')
    expect(verdict('1', 0.1599)).toBe('pass')
    expect(verdict('1', 0.1601)).toBe('fail')
  })

  it('has no slack where the band is a point or open', () => {
    expect(verdict('10', 1)).toBe('pass')
    expect(verdict('10', 0.999)).toBe('fail')
    expect(verdict('16.tail', 6)).toBe('pass')
    expect(verdict('16.tail', 5.99)).toBe('fail')
  })

  it('asserts nothing of too little', () => {
    expect(verdict('1', 0.5, 99)).toBe('not asserted')
    expect(verdict('1', 0.5, 100, { people: 999, days: 30 })).toBe('not asserted')
    expect(verdict('1', 0.5, 100, { people: 1000, days: 29 })).toBe('not asserted')
    expect(verdict('1', Number.NaN)).toBe('not asserted')
  })

  it('wants a trait to have its sign beyond doubt', () => {
    expect(verdict('t.engagement.views', 0.02)).toBe('pass')
    expect(verdict('t.engagement.views', 0.005)).toBe('fail')
    expect(verdict('t.engagement.views', -0.2)).toBe('fail')
    expect(verdict('t.selectivity.likes', -0.02)).toBe('pass')
    expect(verdict('t.selectivity.likes', 0.02)).toBe('fail')
    expect(verdict('t.sociability.posts', 0.5)).toBe('fail')
  })
})

describe('many seeds', () => {
  const runs = (values: readonly number[], id = '1'): MetricRow[][] =>
    values.map((value) => judge({ [id]: { value, n: 1000, interval: null } }, LARGE))
  const of = (values: readonly number[], id = '1') =>
    seedVerdict(runs(values, id)).find(({ metric }) => metric.id === id)!

  it('hold when the interval of the mean is inside and nobody is far outside', () => {
    const held = of([0.08, 0.09, 0.07, 0.08, 0.09, 0.07, 0.08, 0.09, 0.07, 0.041])
    expect(held).toMatchObject({ seeds: 10, least: 0.041, greatest: 0.09, verdict: 'pass' })
    expect(held.mean).toBeCloseTo(0.0761, 12)
    expect(of([0.08, 0.09, 0.07, 0.08, 0.09, 0.07, 0.08, 0.09, 0.07, 0.039]).verdict).toBe('fail')
    expect(of([0.051, 0.051, 0.05, 0.05, 0.049, 0.049, 0.05, 0.05, 0.05, 0.05]).verdict).toBe('fail')
  })

  it('need ten', () => {
    expect(of([0.08, 0.09, 0.07]).verdict).toBe('not asserted')
    expect(seedVerdict(runs([0.08, 0.09, 0.07]), 3)[0]!.verdict).toBe('pass')
  })

  it('of one metric do not vouch for another', () => {
    const rows = seedVerdict(runs(new Array(10).fill(0.5)))
    expect(rows.filter(({ verdict }) => verdict === 'fail').map(({ metric }) => metric.id)).toEqual(['1'])
    expect(mandatedHold(rows)).toBe(false)
    expect(mandatedHold(seedVerdict(runs(new Array(10).fill(0.5), '16.tail')))).toBe(true)
  })
})

describe('drift over seeds', () => {
  const metric = METRIC_BY_ID.get('1')!
  const none = { value: 0.08, n: 1000, interval: null }
  const of = (changes: readonly number[]) =>
    seedDrift(
      changes.map((change): DriftRow[] => [
        { metric, early: none, late: none, change, limit: slackOf(metric), verdict: 'pass' },
      ]),
    )[0]!

  it('is judged by the mean: one seed may move farther by chance', () => {
    expect(of([0.03, -0.02, 0.01, -0.01, 0.02, -0.03, 0, 0.01, -0.01, 0.004])).toMatchObject({
      seeds: 10,
      verdict: 'pass',
    })
    expect(of(new Array(10).fill(0).map((_, i) => 0.011 + i / 10_000)).verdict).toBe('fail')
  })

  it('is not asserted of few seeds, nor when the mean may as well be zero', () => {
    expect(of(new Array(9).fill(0.02)).verdict).toBe('not asserted')
    expect(of([0.2, -0.1, 0.15, -0.12, 0.1, -0.02, 0.06, -0.1, 0.08, -0.05]).verdict).toBe('not asserted')
  })
})

describe('the table of metrics', () => {
  it('has each id once, every band in order, every number of the plan', () => {
    expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length)
    for (const { low, high } of METRICS) expect(low).toBeLessThanOrEqual(high)
    const numbers = new Set(METRICS.filter(({ status }) => status !== 'reported').map(({ id }) => id.split('.')[0]))
    expect([...numbers]).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)))
    const mandated = METRICS.filter(({ status }) => status === 'mandated').map(({ id }) => Number.parseInt(id, 10))
    expect([...new Set(mandated)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })
})

describe('bins', () => {
  it('of delays cover every second once, no wider than a 64th', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seconds) => {
        const bin = delayBin(seconds)
        expect(bin).toBeLessThan(DELAY_BINS)
        expect(delayEdge(bin)).toBeLessThanOrEqual(seconds)
        if (bin < DELAY_BINS - 1) expect(delayEdge(bin + 1)).toBeGreaterThan(seconds)
        expect(delayEdge(bin + 1) - delayEdge(bin)).toBeLessThanOrEqual(Math.max(1, delayEdge(bin) / 64))
      }),
    )
  })

  it('of posts a week are exact at their edges', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(999), (weeks, bin) => {
        expect(postRateBin((bin * weeks) / 20, weeks)).toBe(bin)
      }),
    )
    expect(postRateBin(10_000, 1)).toBe(1000)
  })
})

describe('statistics', () => {
  it('match published values', () => {
    expect(wilson(10, 100)![0]).toBeCloseTo(0.05523, 5)
    expect(wilson(10, 100)![1]).toBeCloseTo(0.17437, 5)
    expect(studentQuantile(9)).toBeCloseTo(2.2622, 4)
    expect(studentQuantile(40)).toBeCloseTo(2.0211, 3)
    expect(studentQuantile(1e9)).toBeCloseTo(1.96, 3)
    expect(correlationInterval(0.5, 50)![0]).toBeCloseTo(0.2575, 3)
    expect(meanInterval(5, 2, 4)![1]).toBeCloseTo(5 + 3.1824, 4)
  })

  it('Gini: equality, one who has all, and the definition on random counts', () => {
    expect(gini([0, 0, 5]).value).toBeCloseTo(0, 12)
    expect(gini([9, 1]).value).toBeCloseTo(0.9, 12)
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }), (counts) => {
        const values = counts.flatMap((count, value) => new Array<number>(count).fill(value))
        const sum = values.reduce((total, value) => total + value, 0)
        if (sum === 0) return
        let differences = 0
        for (const a of values) for (const b of values) differences += Math.abs(a - b)
        expect(gini(counts).value).toBeCloseTo(differences / (2 * values.length * sum), 10)
      }),
    )
  })

  it('Gini: the standard error is that of resampling', () => {
    const values = Array.from({ length: 400 }, (_, i) => Math.floor(((i * 7919) % 400) ** 2 / 4000))
    const counts = new Array<number>(41).fill(0)
    for (const value of values) counts[value]!++
    const { value, error } = gini(counts)
    let squares = 0
    for (const left of values) {
      counts[left]!--
      squares += (gini(counts).value - value) ** 2
      counts[left]!++
    }
    expect(error).toBeCloseTo(Math.sqrt((squares * 399) / 400), 3)
  })
})
