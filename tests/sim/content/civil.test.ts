import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageOn,
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  formatDate,
  parseDate,
  weekday,
} from '../../../sim/content/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'

/** Years 1–9999. */
const dayNumber = fc.integer({ min: -719_162, max: 2_932_896 })

describe('the calendar', () => {
  test('agrees with the platform and returns', () => {
    fc.assert(
      fc.property(dayNumber, (days) => {
        const date = new Date(days * DAY_MS)
        const civil = civilFromDays(days)
        expect(civil).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() })
        expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(days)
        expect(weekday(days)).toBe(date.getUTCDay())
        expect(formatDate(days)).toBe(date.toISOString().slice(0, 10))
        expect(parseDate(formatDate(days))).toBe(days)
      }),
      { numRuns: 2000 },
    )
  })

  test('every day of 1999–2030 follows the one before', () => {
    const start = daysFromCivil(1999, 1, 1)
    for (let days = start; days < daysFromCivil(2031, 1, 1); days++) {
      expect(formatDate(days)).toBe(new Date(days * DAY_MS).toISOString().slice(0, 10))
    }
  })

  test('known days', () => {
    expect(daysFromCivil(1970, 1, 1)).toBe(0)
    expect(daysFromCivil(2024, 1, 1)).toBe(19_723)
    expect(weekday(parseDate('2024-03-10'))).toBe(0)
    expect(formatDate(parseDate('2024-02-29') + 1)).toBe('2024-03-01')
  })
})

describe('parseDate refuses', () => {
  test.each([
    '',
    '2024-1-1',
    '2024/01/01',
    '01-01-2024',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    ' 2024-01-01',
    '2024-01-01 ',
    '2024-01-01\n',
    '2024-01-01T00:00:00Z',
    'tomorrow',
    '٢٠٢٤-٠١-٠١',
  ])('%j', (text) => {
    let error: unknown
    try {
      parseDate(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(MingleError)
    expect((error as MingleError).code).toBe('BAD_INPUT')
    expect((error as MingleError).message).toContain(text)
    expect((error as MingleError).message).toContain('YYYY-MM-DD')
  })
})

test('an age rises on the birthday; on 29 February it rises on 1 March of other years', () => {
  const born = parseDate('1996-02-29')
  expect(ageOn(born, parseDate('2023-02-28'))).toBe(26)
  expect(ageOn(born, parseDate('2023-03-01'))).toBe(27)
  expect(ageOn(born, parseDate('2024-02-28'))).toBe(27)
  expect(ageOn(born, parseDate('2024-02-29'))).toBe(28)
})
