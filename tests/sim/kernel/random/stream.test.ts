import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRng, Stream } from '../../../../sim/kernel/index.ts'

const state = fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer())

/** How many numbers a call takes from the stream: steps until a copy that is moved one by one stands alike. */
function drawsOf(call: (stream: Stream) => unknown): number {
  const used = makeRng('draws')
  const stepped = makeRng('draws')
  call(used)
  for (let draws = 0; draws < 100; draws++) {
    if (String(stepped.save()) === String(used.save())) return draws
    stepped.nextUint32()
  }
  throw new Error('more than 100 draws')
}

describe('xoshiro128**', () => {
  it('gives the numbers of the published C code for the state 1, 2, 3, 4', () => {
    const stream = new Stream(1, 2, 3, 4)
    expect(Array.from({ length: 10 }, () => stream.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('agrees with the algorithm in exact integers, from any state', () => {
    const rotated = (x: bigint, n: bigint) => ((x << n) | (x >> (32n - n))) & 0xffffffffn
    fc.assert(
      fc.property(state, (start) => {
        fc.pre(start.some((word) => word !== 0))
        const stream = new Stream(...start)
        const s = start.map((word) => BigInt(word >>> 0)) as [bigint, bigint, bigint, bigint]
        for (let i = 0; i < 20; i++) {
          const result = (rotated((s[1] * 5n) & 0xffffffffn, 7n) * 9n) & 0xffffffffn
          const t = (s[1] << 9n) & 0xffffffffn
          s[2] ^= s[0]
          s[3] ^= s[1]
          s[1] ^= s[2]
          s[0] ^= s[3]
          s[2] ^= t
          s[3] = rotated(s[3], 11n)
          expect(stream.nextUint32()).toBe(Number(result))
        }
      }),
    )
  })

  it('goes on from a saved state', () => {
    fc.assert(
      fc.property(state, fc.nat(50), (start, steps) => {
        const stream = new Stream(...start)
        for (let i = 0; i < steps; i++) stream.next()
        const copy = new Stream()
        copy.restore(stream.save())
        expect(copy.nextUint32()).toBe(stream.nextUint32())
      }),
    )
  })

  it('never stands still: the state of zeros is replaced', () => {
    const stream = new Stream(0, 0, 0, 0)
    expect(new Set(Array.from({ length: 8 }, () => stream.nextUint32())).size).toBeGreaterThan(2)
    stream.restore([0, 0, 0, 0])
    expect(stream.save()).toEqual([1, 0, 0, 0])
    expect(() => stream.restore([1, 2])).toThrow(/4 integers, not 2/)
  })
})

describe('ranges and draws', () => {
  it('next is in [0, 1), nextInt in 0…n − 1, exponential above 0', () => {
    fc.assert(
      fc.property(state, fc.integer({ min: 1, max: 4294967296 }), (start, n) => {
        const stream = new Stream(...start)
        for (let i = 0; i < 20; i++) {
          const u = stream.next()
          const x = stream.nextInt(n)
          const e = stream.exponential(1)
          expect(u >= 0 && u < 1).toBe(true)
          expect(Number.isInteger(x) && x >= 0 && x < n).toBe(true)
          expect(e > 0 && e < 22.9).toBe(true)
        }
      }),
    )
  })

  it('takes one number for each, so that common random numbers stay in step', () => {
    expect(drawsOf((s) => s.next())).toBe(1)
    expect(drawsOf((s) => s.nextInt(6))).toBe(1)
    expect(drawsOf((s) => s.chance(0.5))).toBe(1)
    expect(drawsOf((s) => s.chance(2))).toBe(1)
    expect(drawsOf((s) => s.normal())).toBe(1)
    expect(drawsOf((s) => s.exponential(3))).toBe(1)
    expect(drawsOf((s) => s.lognormal(0, 1))).toBe(1)
    expect(drawsOf((s) => s.choice(['a', 'b']))).toBe(1)
    expect(drawsOf((s) => s.sample([1, 2, 3, 4], 2))).toBe(2)
  })

  it.each([0, -1, 1.5, NaN, 4294967297, Infinity])('nextInt(%s) is refused', (n) => {
    expect(() => makeRng('x').nextInt(n)).toThrow(/integer from 1 to 2\^32/)
  })

  it('chance is never at 0 and always at 1', () => {
    const stream = makeRng('chance')
    for (let i = 0; i < 1000; i++) {
      expect(stream.chance(0)).toBe(false)
      expect(stream.chance(1)).toBe(true)
    }
  })
})

describe('distributions', () => {
  const DRAWS = 200_000

  function moments(draw: (stream: Stream) => number): { mean: number; sd: number } {
    const stream = makeRng('moments')
    let sum = 0
    let squares = 0
    for (let i = 0; i < DRAWS; i++) {
      const x = draw(stream)
      sum += x
      squares += x * x
    }
    const mean = sum / DRAWS
    return { mean, sd: Math.sqrt(squares / DRAWS - mean * mean) }
  }

  it.each([
    ['next', (s: Stream) => s.next(), 0.5, Math.sqrt(1 / 12)],
    ['normal', (s: Stream) => s.normal(10, 3), 10, 3],
    ['exponential', (s: Stream) => s.exponential(4), 4, 4],
    ['lognormal', (s: Stream) => s.lognormal(1, 0.5), Math.exp(1.125), Math.exp(1.125) * Math.sqrt(Math.exp(0.25) - 1)],
    ['nextInt', (s: Stream) => s.nextInt(10), 4.5, Math.sqrt(8.25)],
    ['chance', (s: Stream) => Number(s.chance(0.3)), 0.3, Math.sqrt(0.21)],
  ] as const)('%s has its mean and standard deviation', (_, draw, mean, sd) => {
    const found = moments(draw)
    // Four standard errors; that of the standard deviation is at most twice the mean's here.
    expect(Math.abs(found.mean - mean)).toBeLessThan((4 * sd) / Math.sqrt(DRAWS))
    expect(Math.abs(found.sd / sd - 1)).toBeLessThan(12 / Math.sqrt(DRAWS))
  })

  /** Chi-squared over its degrees of freedom, which is near 1 for fair counts. */
  function unfairness(counts: readonly number[]): number {
    const expected = counts.reduce((sum, count) => sum + count) / counts.length
    return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) / (counts.length - 1)
  }

  it.each([6, 100, 1000])('nextInt(%i) and normal quantiles fall evenly', (cells) => {
    const stream = makeRng('even')
    const counts = new Array<number>(cells).fill(0)
    for (let i = 0; i < DRAWS; i++) counts[stream.nextInt(cells)]!++
    expect(Math.abs(unfairness(counts) - 1)).toBeLessThan(5 * Math.sqrt(2 / (cells - 1)))
  })

  it('nextInt is unbiased where a plain product would not be: n = 3 · 2³⁰', () => {
    const stream = makeRng('unbiased')
    const counts = [0, 0, 0]
    for (let i = 0; i < DRAWS; i++) counts[Math.floor(stream.nextInt(3 * 2 ** 30) / 2 ** 30)]!++
    // x % n without rejection would give the first third twice the chance of the others.
    expect(unfairness(counts)).toBeLessThan(8)
  })

  it('normal falls into each tenth alike', () => {
    const tenths = [-1.2815515655, -0.8416212336, -0.5244005127, -0.2533471031, 0, 0.2533471031, 0.5244005127]
    const bounds = [...tenths, 0.8416212336, 1.2815515655, Infinity]
    const counts = new Array<number>(10).fill(0)
    const stream = makeRng('tenths')
    for (let i = 0; i < DRAWS; i++) {
      const x = stream.normal()
      counts[bounds.findIndex((bound) => x < bound)]!++
    }
    expect(unfairness(counts)).toBeLessThan(1 + 5 * Math.sqrt(2 / 9))
  })

  it('exponential is −mean · ln of the middle of the draw', () => {
    const stream = makeRng('inversion')
    const same = makeRng('inversion')
    for (let i = 0; i < 20_000; i++) {
      const expected = -3 * Math.log((same.nextUint32() + 0.5) / 4294967296)
      expect(Math.abs(stream.exponential(3) - expected)).toBeLessThan(1e-14 * Math.max(1, expected))
    }
  })

  it('exponential is right at the ends of its table', () => {
    for (const first of [0, 1, 2, 3, 675, 1023, 1024, 1025, 0x7fffffff, 0x80000000, 0xff7fffff, 0xffffffff]) {
      // The first number of a stream is rotl(5 · s1, 7) · 9: undo it.
      const times9 = Math.imul(first, 0x38e38e39)
      const s1 = Math.imul((times9 >>> 7) | (times9 << 25), 0xcccccccd)
      expect(new Stream(1, s1, 1, 1).nextUint32()).toBe(first)
      const expected = -Math.log((first + 0.5) / 4294967296)
      expect(Math.abs(new Stream(1, s1, 1, 1).exponential(1) - expected)).toBeLessThan(4e-15)
    }
  })
})

describe('choice, shuffle, sample', () => {
  const items = fc.array(fc.integer(), { maxLength: 30 })

  it('shuffle is a permutation, and leaves its argument alone', () => {
    fc.assert(
      fc.property(items, fc.string(), (given, seed) => {
        const before = given.slice()
        const shuffled = makeRng(seed).shuffle(given)
        expect(given).toEqual(before)
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
      }),
    )
  })

  it('gives each of the 24 orders of 4 the same chance', () => {
    const counts = new Map<string, number>()
    const stream = makeRng('orders')
    for (let i = 0; i < 48_000; i++) {
      const order = stream.shuffle(['a', 'b', 'c', 'd']).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000))
  })

  it('sample takes n different positions, and choice one', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.string(), (size, wanted, seed) => {
        const positions = Array.from({ length: size }, (_, i) => i)
        const stream = makeRng(seed)
        if (wanted > size) expect(() => stream.sample(positions, wanted)).toThrow(/integer from 0 to/)
        else {
          const taken = stream.sample(positions, wanted)
          expect(taken.length).toBe(wanted)
          expect(new Set(taken).size).toBe(wanted)
        }
        if (size === 0) expect(() => stream.choice(positions)).toThrow(/at least one item/)
        else expect(positions).toContain(stream.choice(positions))
      }),
    )
  })
})

it('no change: draws of every kind', () => {
  const s = makeRng('golden')
  expect([s.nextUint32(), s.nextInt(1000), s.normal(), s.exponential(1), s.lognormal(0, 1)]).toMatchInlineSnapshot(`
    [
      2190596018,
      850,
      -1.1596146014514226,
      0.3823258473292119,
      2.6027766693669205,
    ]
  `)
  expect(s.shuffle([1, 2, 3, 4, 5, 6, 7, 8])).toMatchInlineSnapshot(`
    [
      5,
      6,
      4,
      1,
      7,
      2,
      3,
      8,
    ]
  `)
})
