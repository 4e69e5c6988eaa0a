import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSections, encodeSections, MingleError } from '../../../sim/kernel/index.ts'

const column = fc.oneof(
  fc.int32Array(),
  fc.float64Array({ noNaN: true }),
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.float32Array({ noNaN: true }),
)
const sections = fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), column)

describe('snapshot', () => {
  it('gives back header and sections', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), sections, (header, given) => {
        const decoded = decodeSections(encodeSections(header, given))
        expect(decoded.header).toEqual(JSON.parse(JSON.stringify(header)))
        expect(Object.keys(decoded.sections)).toEqual(Object.keys(given))
        for (const [name, values] of Object.entries(given)) expect(decoded.sections[name]).toEqual(values)
      }),
    )
  })

  it('takes part of a larger buffer, and bytes at any offset', () => {
    const part = new Int32Array([1, 2, 3, 4]).subarray(1, 3)
    const bytes = encodeSections({ day: 3 }, { part })
    const shifted = new Uint8Array(bytes.length + 1)
    shifted.set(bytes, 1)
    expect(decodeSections(shifted.subarray(1)).sections.part).toEqual(Int32Array.of(2, 3))
  })

  const whole = encodeSections({ run: 'demo', day: 30 }, { a: Float64Array.of(1, 2, 3), b: Uint8Array.of(4, 5) })

  it('refuses any changed bit', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        const damaged = whole.slice()
        damaged[at]! ^= 1 << bit
        expect(() => decodeSections(damaged)).toThrow(MingleError)
      }),
    )
  })

  it('refuses any shorter piece, with its own code', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSections(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'BAD_SNAPSHOT' }) as Error,
      )
    }
  })

  it('names the format it cannot read', () => {
    const later = whole.slice()
    later[4] = 99
    expect(() => decodeSections(later)).toThrow(/its format is 99, and this version reads 1/)
  })
})
