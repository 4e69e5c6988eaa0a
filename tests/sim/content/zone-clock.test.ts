import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, daysFromCivil, HOUR_MS, ZONES, ZoneClock, zoneIndex } from '../../../sim/content/index.ts'

/** The platform's own time zone data, as the oracle. */
function intlOffset(zone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' })
  return (utcMs) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(format.format(utcMs))!
    return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
  }
}

const FROM = daysFromCivil(2007, 1, 1)
const TO = daysFromCivil(2037, 1, 1)

describe.each(ZONES.map(({ name }, zone) => ({ name, zone })))('$name', ({ name, zone }) => {
  const oracle = intlOffset(name)

  test('every day of 2007–2036, and every hour and the edges of a day that turns', () => {
    const clock = new ZoneClock()
    const wrong: string[] = []
    const check = (utcMs: number) => {
      const expected = oracle(utcMs)
      const got = clock.offsetMs(zone, utcMs)
      if (got !== expected) wrong.push(`${new Date(utcMs).toISOString()}: ${got / HOUR_MS}, Intl ${expected / HOUR_MS}`)
      return expected
    }
    let before = oracle(FROM * DAY_MS)
    for (let day = FROM + 1; day <= TO; day++) {
      const now = check(day * DAY_MS)
      if (now === before) continue
      before = now
      for (let hour = 0; hour < 24; hour++) {
        const utcMs = (day - 1) * DAY_MS + hour * HOUR_MS
        check(utcMs)
        check(utcMs - 1)
      }
    }
    expect(wrong).toEqual([])
  })

  test('random instants of 2007–2036, in any order', () => {
    const clock = new ZoneClock()
    const instant = fc.integer({ min: daysFromCivil(2007, 1, 1), max: daysFromCivil(2037, 1, 1) - 1 })
    fc.assert(
      fc.property(instant, fc.nat(DAY_MS - 1), (day, ms) => {
        const utcMs = day * DAY_MS + ms
        expect(clock.offsetMs(zone, utcMs)).toBe(oracle(utcMs))
      }),
      { numRuns: 200, seed: zone },
    )
  })
})

describe('local time to UTC', () => {
  const clock = new ZoneClock()
  const newYork = zoneIndex('America/New_York')
  const local = (month: number, day: number, hour: number) => daysFromCivil(2024, month, day) * DAY_MS + hour * HOUR_MS

  test('every hour of every zone comes back, unless it was skipped', () => {
    const start = daysFromCivil(2024, 1, 1) * DAY_MS
    for (let zone = 0; zone < ZONES.length; zone++) {
      let skipped = 0
      for (let hour = 0; hour < 366 * 24; hour++) {
        const wanted = start + hour * HOUR_MS
        const utcMs = clock.utcFromLocal(zone, wanted)
        const shown = utcMs + clock.offsetMs(zone, utcMs)
        if (shown === wanted) continue
        skipped++
        expect(shown - wanted).toBe(HOUR_MS)
      }
      expect(skipped).toBe(ZONES[zone]!.rules.at(-1)?.starts ? 1 : 0)
    }
  })

  test('10 March 2024 in New York: 02:00 is skipped and reads as 03:00', () => {
    expect(clock.utcFromLocal(newYork, local(3, 10, 1))).toBe(local(3, 10, 6))
    expect(clock.utcFromLocal(newYork, local(3, 10, 2))).toBe(local(3, 10, 7))
    expect(clock.utcFromLocal(newYork, local(3, 10, 3))).toBe(local(3, 10, 7))
  })

  test('3 November 2024 in New York: of the two hours from 01:00, the first', () => {
    expect(clock.utcFromLocal(newYork, local(11, 3, 1))).toBe(local(11, 3, 5))
    expect(clock.utcFromLocal(newYork, local(11, 3, 2))).toBe(local(11, 3, 7))
  })
})

test('Arizona and Hawaii keep their clocks', () => {
  const clock = new ZoneClock()
  for (const name of ['America/Phoenix', 'Pacific/Honolulu']) {
    const zone = zoneIndex(name)
    const offsets = Array.from({ length: 366 }, (_, day) => clock.offsetMs(zone, (19_723 + day) * DAY_MS))
    expect(new Set(offsets).size).toBe(1)
  }
})

test('the rules go on to 2100', () => {
  const clock = new ZoneClock()
  const zone = zoneIndex('Europe/Paris')
  // 2100 is no leap year; its last Sunday of March is the 28th.
  const turn = daysFromCivil(2100, 3, 28) * DAY_MS + HOUR_MS
  expect(clock.offsetMs(zone, turn - 1)).toBe(HOUR_MS)
  expect(clock.offsetMs(zone, turn)).toBe(2 * HOUR_MS)
})

test('zone names are distinct, and an unknown one is −1', () => {
  expect(new Set(ZONES.map(({ name }) => name)).size).toBe(ZONES.length)
  expect(zoneIndex('Mars/Olympus')).toBe(-1)
})
