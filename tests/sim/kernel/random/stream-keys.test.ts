import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Hash128,
  makeDayRng,
  makeRng,
  makeUserRng,
  Stream,
  StreamKeys,
  textWords,
} from '../../../../sim/kernel/index.ts'

const PURPOSES = ['profile', 'rhythm', 'decide'] as const
const int32 = fc.integer({ min: -2147483648, max: 2147483647 })

describe('StreamKeys', () => {
  const keys = new StreamKeys('demo-2024', PURPOSES)

  it('makeUserRng and makeDayRng give the same streams, for numbers and big integers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(400), fc.nat(2), (k, day, purpose) => {
        const name = PURPOSES[purpose]!
        const person = keys.person(new Stream(), purpose, k).save()
        expect(makeUserRng('demo-2024', k, name).save()).toEqual(person)
        expect(makeUserRng('demo-2024', BigInt(k), name).save()).toEqual(person)
        expect(makeDayRng('demo-2024', k, day, name).save()).toEqual(keys.day(new Stream(), purpose, k, day).save())
      }),
    )
  })

  it('hangs on the name of a purpose alone: others may be added and moved', () => {
    const moved = new StreamKeys('demo-2024', ['new', 'decide', 'profile'])
    expect(moved.object(new Stream(), 1, 5, 6, 7).save()).toEqual(keys.object(new Stream(), 2, 5, 6, 7).save())
  })

  it('rekeys the stream it is given, whatever state that was in', () => {
    const stream = makeRng('anything')
    stream.next()
    expect(keys.person(stream, 0, 9)).toBe(stream)
    expect(stream.save()).toEqual(keys.person(new Stream(), 0, 9).save())
  })

  it('can be undone: the state gives back k, day, object and arity, so no two keys of a purpose collide', () => {
    const base = baseOf('demo-2024', 'decide')
    fc.assert(
      fc.property(int32, int32, int32, (k, day, object) => {
        expect(keyOf(base, keys.person(new Stream(), 2, k).save())).toEqual([k, 0, 0, 1])
        expect(keyOf(base, keys.day(new Stream(), 2, k, day).save())).toEqual([k, day, 0, 2])
        expect(keyOf(base, keys.object(new Stream(), 2, k, day, object).save())).toEqual([k, day, object, 3])
      }),
      { numRuns: 2000 },
    )
  })

  it('has no equal 64-bit halves among 400,000 neighbouring keys', () => {
    const seen = new Set<number>()
    const stream = new Stream()
    let count = 0
    const note = (keyed: Stream) => {
      const [s0, s1] = keyed.save()
      // 53 of 64 bits: a chance of 1e-5 to fail by accident, and the seed is fixed.
      seen.add((s0! >>> 0) * 2097152 + (s1! >>> 11))
      count++
    }
    for (let k = 1; k <= 1000; k++) {
      for (let purpose = 0; purpose < PURPOSES.length; purpose++) {
        note(keys.person(stream, purpose, k))
        for (let day = 0; day < 33; day++) {
          note(keys.day(stream, purpose, k, day))
          for (let object = 0; object < 3; object++) note(keys.object(stream, purpose, k, day, object))
        }
      }
    }
    expect(seen.size).toBe(count)
  })

  it('gives neighbouring keys unrelated first numbers', () => {
    const stream = new Stream()
    const first = (k: number, day: number) => keys.day(stream, 1, k, day).next() - 0.5
    const size = 300
    for (const [dk, dd] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
      [256, 0],
    ] as const) {
      let product = 0
      for (let k = 0; k < size; k++) {
        for (let day = 1; day <= size; day++) product += first(k, day) * first(k + dk, day + dd)
      }
      // The correlation of n unrelated pairs has a standard error of 1 / √n = 1 / size.
      expect(Math.abs((product * 12) / (size * size)), `${dk}, ${dd}`).toBeLessThan(4 / size)
    }
  })

  it('flips half of the state for any flipped bit of a key', () => {
    const bitsSet = (x: number) => {
      let rest = x >>> 0
      let count = 0
      for (; rest !== 0; rest >>>= 1) count += rest & 1
      return count
    }
    for (let bit = 0; bit < 32; bit++) {
      for (let operand = 0; operand < 3; operand++) {
        let flipped = 0
        for (let i = 0; i < 200; i++) {
          const key: [number, number, number] = [i * 7919, i, i * 31]
          const before = keys.object(new Stream(), 0, ...key).save()
          key[operand]! ^= 1 << bit
          const after = keys.object(new Stream(), 0, ...key).save()
          for (let lane = 0; lane < 4; lane++) flipped += bitsSet(before[lane]! ^ after[lane]!)
        }
        expect(Math.abs(flipped / (200 * 128) - 0.5), `operand ${operand}, bit ${bit}`).toBeLessThan(0.03)
      }
    }
  })

  describe('uniform', () => {
    const at = (k: number, day: number, object: number) => keys.uniform(2, k, day, object)

    it('is a function of the key in [0, 1), and hangs on each part of it', () => {
      fc.assert(
        fc.property(int32, int32, int32, (k, day, object) => {
          const u = at(k, day, object)
          expect(u >= 0 && u < 1 && u * 2 ** 32 === Math.floor(u * 2 ** 32)).toBe(true)
          expect(at(k, day, object)).toBe(u)
        }),
      )
      const others = [at(1, 2, 3), at(2, 1, 3), at(1, 3, 2), at(3, 2, 1), keys.uniform(1, 1, 2, 3)]
      others.push(new StreamKeys('demo-2025', PURPOSES).uniform(2, 1, 2, 3))
      expect(new Set(others).size).toBe(others.length)
    })

    it('is uniform over neighbouring keys, and neighbours are unrelated', () => {
      // 256 cells, 216,000 numbers: chi-square has mean 255 and deviation 22.6.
      const cells = new Float64Array(256)
      const sums = { k: 0, day: 0, object: 0, stream: 0 }
      const stream = new Stream()
      const size = 60
      const count = size ** 3
      for (let k = 0; k < size; k++) {
        for (let day = 0; day < size; day++) {
          for (let object = 0; object < size; object++) {
            const u = at(k, day, object)
            cells[Math.floor(u * 256)]!++
            sums.k += (u - 0.5) * (at(k + 1, day, object) - 0.5)
            sums.day += (u - 0.5) * (at(k, day + 1, object) - 0.5)
            sums.object += (u - 0.5) * (at(k, day, object + 1) - 0.5)
            sums.stream += (u - 0.5) * (keys.object(stream, 2, k, day, object).next() - 0.5)
          }
        }
      }
      const expected = count / 256
      const chiSquare = cells.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
      expect(Math.abs(chiSquare - 255)).toBeLessThan(4 * 22.6)
      for (const [name, sum] of Object.entries(sums)) {
        expect(Math.abs((sum * 12) / count), name).toBeLessThan(4 / Math.sqrt(count))
      }
    })

    it('flips half of the bits for any flipped bit of a key', () => {
      for (let bit = 0; bit < 32; bit++) {
        for (let operand = 0; operand < 3; operand++) {
          let flipped = 0
          for (let i = 0; i < 500; i++) {
            const key: [number, number, number] = [i * 7919, i, i * 31]
            const before = at(...key) * 2 ** 32
            key[operand]! ^= 1 << bit
            let changed = (before ^ (at(...key) * 2 ** 32)) >>> 0
            for (; changed !== 0; changed >>>= 1) flipped += changed & 1
          }
          expect(Math.abs(flipped / (500 * 32) - 0.5), `operand ${operand}, bit ${bit}`).toBeLessThan(0.03)
        }
      }
    })
  })

  it('refuses what is no purpose, no person, or twice the same purpose', () => {
    expect(() => keys.person(new Stream(), 3, 1)).toThrow(/purpose 3/)
    expect(() => keys.person(new Stream(), -1, 1)).toThrow(/purpose -1/)
    expect(() => keys.uniform(3, 1, 1, 1)).toThrow(/purpose 3/)
    expect(() => new StreamKeys('x', ['a', 'a'])).toThrow(/must differ/)
    expect(() => makeUserRng('x', 2 ** 31, 'a')).toThrow(/never a row id/)
    expect(() => makeUserRng('x', -1n, 'a')).toThrow(/never a row id/)
  })
})

it('no change: streams of a run', () => {
  expect([
    makeRng('demo-2024').nextUint32(),
    makeUserRng('demo-2024', 1, 'profile').nextUint32(),
    makeDayRng('demo-2024', 1, 0, 'profile').nextUint32(),
    new StreamKeys('demo-2024', ['profile']).uniform(0, 1, 0, 0),
  ]).toMatchInlineSnapshot(`
    [
      1243951469,
      1444166863,
      2597720787,
      0.6277908005286008,
    ]
  `)
})

/** The 128-bit base of a purpose, as `StreamKeys` documents it. */
function baseOf(runSeed: string, purpose: string): Int32Array {
  const hash = new Hash128()
  hash.update(textWords(runSeed))
  hash.update(textWords(purpose))
  return Int32Array.from(hash.digest())
}

const inverse = (odd: number) => {
  let x = odd
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x))
  return x
}
const rotateRight = (x: number, n: number) => (x >>> n) | (x << (32 - n))
const unshift = (x: number, n: number) => {
  let y = x
  for (let known = n; known < 32; known += n) y = x ^ (y >>> n)
  return y
}
const unscramble = (x: number) => {
  const y = Math.imul(unshift(x, 16), inverse(0xc2b2ae35))
  return unshift(Math.imul(unshift(y, 13), inverse(0x85ebca6b)), 16)
}
const [C1, C2, C3, C4] = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const

/** Every step of the key's mixing backwards. */
function keyOf(base: Int32Array, state: readonly number[]): number[] {
  let [h1, h2, h3, h4] = state as [number, number, number, number]
  h4 = (h4 - h1) | 0
  h3 = (h3 - h1) | 0
  h2 = (h2 - h1) | 0
  h1 = (h1 - h2 - h3 - h4) | 0
  const sum = unscramble(h1)
  h4 = (unscramble(h4) - sum) | 0
  h3 = (unscramble(h3) - sum) | 0
  h2 = (unscramble(h2) - sum) | 0
  h1 = (sum - h2 - h3 - h4) | 0
  const fifth = inverse(5)
  const lane = (h: number, plus: number, next: number, turn: number, own: number) =>
    rotateRight((Math.imul((h - plus) | 0, fifth) - next) | 0, turn) ^ own
  const [b1, b2, b3, b4] = base as unknown as [number, number, number, number]
  const operand = (x: number, after: number, turn: number, before: number) =>
    Math.imul(rotateRight(Math.imul(x, inverse(after)), turn), inverse(before)) | 0
  return [
    operand(lane(h1, 0x561ccd1b, b2, 19, b1), C2, 15, C1),
    operand(lane(h2, 0x0bcaa747, b3, 17, b2), C3, 16, C2),
    operand(lane(h3, 0x96cd1c35, b4, 15, b3), C4, 17, C3),
    operand(lane(h4, 0x32ac3b17, h1, 13, b4), C1, 18, C4),
  ]
}

describe('a seed or a name that is no text', () => {
  it.each([1, 2, 42, 1n, null, undefined, true, ['a'], {}])('%s is refused in words', (value) => {
    const broken = value as unknown as string
    expect(() => makeRng(broken)).toThrow('is a text')
    expect(() => makeUserRng(broken, 1, 'profile')).toThrow('is a text')
    expect(() => makeDayRng('seed', 1, 0, broken)).toThrow('is a text')
    expect(() => new StreamKeys(broken, ['a'])).toThrow('is a text')
    expect(() => new StreamKeys('seed', [broken])).toThrow('is a text')
  })

  it.each([0.5, Number.NaN, Infinity, 2 ** 31])('day %s of a named stream is refused', (day) => {
    expect(() => makeDayRng('seed', 1, day, 'posts')).toThrow('a day is an integer')
  })
})
