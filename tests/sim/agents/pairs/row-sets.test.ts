import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSets } from '../../../../sim/index.ts'

describe('RowSets', () => {
  it('agrees with a Map for any keys in any rows', () => {
    const operation = fc.tuple(fc.nat(5), fc.oneof(fc.nat(40), fc.nat(2 ** 29 - 2)), fc.nat(3), fc.boolean())
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const sets = new RowSets(6)
        const oracle = new Map<string, number>()
        for (const [row, key, mark, again] of operations) {
          const name = `${row}:${key}`
          expect(sets.get(row, key)).toBe(oracle.get(name) ?? -1)
          if (again) sets.set(row, key, mark)
          else if (oracle.has(name)) continue
          else sets.add(row, key, mark)
          oracle.set(name, mark)
        }
        for (const [name, mark] of oracle) {
          const [row, key] = name.split(':').map(Number) as [number, number]
          expect(sets.get(row, key)).toBe(mark)
        }
        const sizes = [0, 1, 2, 3, 4, 5].map((row) => sets.size(row))
        expect(sizes.reduce((a, b) => a + b)).toBe(oracle.size)
      }),
    )
  })

  it('forgets keys below the floor instead of growing', () => {
    const sets = new RowSets(1)
    for (let key = 0; key < 100_000; key++) sets.add(0, key, 0, Math.max(0, key - 50))
    for (let key = 99_950; key < 100_000; key++) expect(sets.get(0, key)).toBe(0)
    expect(sets.bytes).toBeLessThan(10_000)
  })

  it('takes bits out of all marks and keeps the keys', () => {
    const sets = new RowSets(2)
    for (let key = 0; key < 50; key++) sets.add(1, key, key & 3)
    sets.clearMarks(2)
    for (let key = 0; key < 50; key++) expect(sets.get(1, key)).toBe(key & 1)
    expect(sets.get(0, 1)).toBe(-1)
  })

  it('stays under nine bytes a key over sets of a few hundred', () => {
    const sets = new RowSets(500)
    for (let row = 0; row < 500; row++) for (let key = 0; key < 100 + row; key++) sets.add(row, key * 7, key & 1)
    sets.trim()
    const keys = 500 * 100 + (500 * 499) / 2
    expect(sets.bytes / keys).toBeLessThan(16)
  })
})
