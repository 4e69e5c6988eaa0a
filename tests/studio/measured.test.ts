import { expect, it } from 'vitest'
import { marksOf } from '../../studio/page/views/runs/measured.ts'

it.each([
  [
    ['0.2', '0.433333333333', '0.666666666667', '0.9'],
    ['0.2', '0.433', '0.667', '0.9'],
  ],
  [
    ['20', '80', '140', '200'],
    ['20', '80', '140', '200'],
  ],
  [
    ['1234', '1234.5'],
    ['1234', '1234.5'],
  ],
  [
    ['0.00001', '0.0000123456'],
    ['0.00001', '0.0000123'],
  ],
  [['0.123456789'], ['0.123']],
  [[], []],
])('values %j stand on an axis as %j: short, and each another', (values, marks) => {
  expect(marksOf(values).map(Number)).toEqual(marks.map(Number))
  expect(Math.max(0, ...marksOf(values).map((mark) => mark.length))).toBeLessThanOrEqual(9)
})
