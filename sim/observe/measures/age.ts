/** Completed years of life on a civil day; both in days since 1970-01-01. 29 February counts from 1 March. */
export function ageOn(birthDay: number, day: number): number {
  const born = civilKey(birthDay)
  const now = civilKey(day)
  return Math.floor(now / 10_000) - Math.floor(born / 10_000) - (now % 10_000 < born % 10_000 ? 1 : 0)
}

/** A civil day as yyyymmdd. Howard Hinnant's `civil_from_days`, http://howardhinnant.github.io/date_algorithms.html */
function civilKey(days: number): number {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const year = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return (year + era * 400 + (month <= 2 ? 1 : 0)) * 10_000 + month * 100 + day
}
