import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Float64Column, Int32Column, Uint8Column } from '../../../sim/kernel/index.ts'

describe.each([
  ['Int32Column', () => new Int32Column(), fc.integer()],
  ['Float64Column', () => new Float64Column(), fc.double()],
  ['Uint8Column', () => new Uint8Column(), fc.nat(255)],
] as const)('%s', (_name, create, value) => {
  it('holds what was pushed, in order, over any number of growths', () => {
    fc.assert(
      fc.property(fc.array(value as fc.Arbitrary<number>, { maxLength: 200 }), (values) => {
        const column = create()
        for (const x of values) column.push(x)
        expect(column.length).toBe(values.length)
        expect(Array.from(column.data.subarray(0, column.length))).toEqual(values)
        expect(Array.from(column.toArray())).toEqual(values)
      }),
    )
  })

  it('keeps its room when cleared', () => {
    const column = create()
    for (let i = 0; i < 100; i++) column.push(i)
    const room = column.data
    column.clear()
    column.push(7)
    expect([column.length, column.data[0]]).toEqual([1, 7])
    expect(column.data).toBe(room)
  })

  it('makes room at once', () => {
    const column = create()
    column.push(1)
    column.reserve(1000)
    expect(column.data.length).toBeGreaterThanOrEqual(1000)
    expect([column.length, column.data[0]]).toEqual([1, 1])
  })
})

it('grows from no room at all', () => {
  const column = new Int32Column(0)
  column.push(5)
  expect(Array.from(column.toArray())).toEqual([5])
})
