import { describe, expect, it } from 'vitest'
import { atan, atan2, cos, exp, Hash128, hex128, log, makeRng, pow, sin } from '../../../../sim/kernel/index.ts'

const SAMPLES = 100_000
const doubles = new Float64Array(1)
const bits = new BigInt64Array(doubles.buffer)

/** How many doubles lie between two of the same sign. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0
  doubles[0] = a
  const first = bits[0]!
  doubles[0] = b
  return Math.abs(Number(first - bits[0]!))
}

/** The largest distance from the reference over many arguments. */
function worst(mine: (x: number, y: number) => number, theirs: (x: number, y: number) => number, arguments_: Source) {
  const stream = makeRng('ulps')
  let distance = 0
  for (let i = 0; i < SAMPLES; i++) {
    const [x, y = 0] = arguments_(() => stream.next())
    distance = Math.max(distance, ulps(mine(x!, y), theirs(x!, y)))
  }
  return distance
}
type Source = (next: () => number) => readonly number[]

const spread: Source = (next) => [exp((next() - 0.5) * 1000)]
const either = (next: () => number) => (next() < 0.5 ? -1 : 1)

describe.each([
  ['log', log, Math.log, spread],
  ['log near 1', log, Math.log, (next) => [0.5 + next()]],
  ['exp', exp, Math.exp, (next) => [(next() - 0.5) * 1400]],
  ['exp near 0', exp, Math.exp, (next) => [next() - 0.5]],
  ['sin', sin, Math.sin, (next) => [(next() - 0.5) * 3e6]],
  ['sin near 0', sin, Math.sin, (next) => [(next() - 0.5) * 8]],
  ['cos', cos, Math.cos, (next) => [(next() - 0.5) * 3e6]],
  ['cos near 0', cos, Math.cos, (next) => [(next() - 0.5) * 8]],
  ['atan', atan, Math.atan, (next) => [(next() - 0.5) * exp(next() * 10)]],
  ['atan2', atan2, Math.atan2, (next) => [(next() - 0.5) * exp(next() * 9), (next() - 0.5) * exp(next() * 9)]],
  ['pow', pow, Math.pow, (next) => [exp((next() - 0.5) * 60), (next() - 0.5) * 20]],
  ['pow near 1', pow, Math.pow, (next) => [0.9 + next() * 0.2, (next() - 0.5) * 2000]],
  ['pow of integers', pow, Math.pow, (next) => [either(next) * Math.floor(next() * 50), Math.floor(next() * 30) - 15]],
] as [string, (x: number, y: number) => number, (x: number, y: number) => number, Source][])(
  '%s',
  (_, mine, theirs, source) => {
    it('is within 2 ulp of the platform (itself within 1)', () => {
      expect(worst(mine, theirs, source)).toBeLessThanOrEqual(2)
    })
  },
)

describe('special values', () => {
  const EDGES = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity, NaN]

  it('of log and exp are those of IEEE 754', () => {
    for (const x of [...EDGES, 709.78, 709.79, -745.1, -745.2, -708.5, -730, 1e-310]) {
      expect(ulps(exp(x), Math.exp(x)), `exp(${x})`).toBeLessThanOrEqual(1)
      expect(ulps(log(x), Math.log(x)), `log(${x})`).toBeLessThanOrEqual(1)
    }
  })

  it('of atan2 and pow are those of IEEE 754', () => {
    for (const x of EDGES) {
      for (const y of EDGES) {
        expect(ulps(atan2(x, y), Math.atan2(x, y)), `atan2(${x}, ${y})`).toBeLessThanOrEqual(1)
        // biome-ignore lint/style/useExponentiationOperator: the reference is the platform's function
        expect(ulps(pow(x, y), Math.pow(x, y)), `pow(${x}, ${y})`).toBeLessThanOrEqual(1)
      }
    }
  })

  it('of sin and cos: exact at 0, and no silent nonsense far out', () => {
    expect(Object.is(sin(-0), -0)).toBe(true)
    expect(cos(0)).toBe(1)
    expect(() => sin(1e9)).toThrow(/within ±1647099 radians/)
    expect(() => cos(NaN)).toThrow(/radians/)
  })
})

it('no change: 60,000 results have the same bits as on the first machine', () => {
  const stream = makeRng('golden math')
  const results = new Float64Array(60_000)
  for (let i = 0; i < results.length; i += 6) {
    const x = exp((stream.next() - 0.5) * 40)
    const y = (stream.next() - 0.5) * 20
    results.set([log(x), exp(y), sin(x % 1e6), cos(y), atan2(y, x), pow(x, y)], i)
  }
  const hash = new Hash128()
  hash.update(new Int32Array(results.buffer))
  expect(hex128(hash.digest())).toMatchInlineSnapshot(`"b97c8b2f082536a0a636510599db47a9"`)
})
