import { describe, expect, it } from 'vitest'
import { compare } from '../../bench/compare.ts'
import { type BenchRecord, quarters } from '../../bench/record.ts'

function figure(value: number, spread = 0, hash = 'a'): BenchRecord {
  return { name: 'x', value, low: value - spread, high: value + spread, unit: 'ns', hash, method: 'test' }
}

describe('comparing two result files', () => {
  it('tells a change only beyond the noise and outside the quarters', () => {
    expect(compare(figure(100), figure(104))).toBe('same')
    expect(compare(figure(100), figure(110))).toBe('slower')
    expect(compare(figure(100), figure(80))).toBe('faster')
    expect(compare(figure(100, 8), figure(110, 8))).toBe('same')
    expect(compare(figure(100, 2), figure(110, 2))).toBe('slower')
    expect(compare(figure(100), figure(110), 0.2)).toBe('same')
  })

  it('says first when the two did not do the same', () => {
    expect(compare(figure(100), figure(50, 0, 'b'))).toBe('other result')
  })

  it('takes the middle and the quarters of samples in any order', () => {
    expect(quarters([5, 1, 4, 2, 3])).toEqual({ value: 3, low: 2, high: 4 })
  })
})
