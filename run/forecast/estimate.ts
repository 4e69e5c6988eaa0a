import type { Sample } from './sample.ts'

/** A value and the half-width of its 95% interval; null where one measurement tells no error. */
export interface Estimate {
  readonly value: number
  readonly error: number | null
}

/** What a run would come to. */
export interface Estimates {
  readonly rows: Readonly<Record<string, Estimate>>
  /** Of all tables. */
  readonly total: Estimate
  readonly diskBytes: Estimate
  readonly memoryBytes: Estimate
  readonly seconds: Estimate
}

/** 97.5% quantiles of Student's t with 1, 2, 3, … degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571]
/** The same of the normal distribution. */
const NORMAL = 1.96
const WEEK = 7
/**
 * How far the rows of later days may lie from those of the sample's last week, as a share. Measured: 1,000 people in 60 days
 * had 11% fewer likes than their second week told, and 11% more posts.
 */
const LATER_DAYS_ERROR = 0.12
/** Bytes of the simulation's columns a person: docs/performance.md, "Memory". */
const BYTES_A_PERSON = 3200
/** Days whose rows are held at a time: one is written, the next has been simulated. */
const DAYS_HELD = 2
/** Of memory: what V8 has not collected yet. docs/performance.md has runs that were measured. */
const MEMORY_ERROR = 0.35

/**
 * What a run of `count` people and `days` days comes to, by small runs of its kind. The rows of days beyond the sample's are
 * taken to be those of its last week, and the step from the week before tells how wrong that may be.
 */
export function estimate(sample: Sample, count: number, days: number): Estimates {
  const factor = count / sample.peopleEach
  const per = (table: string) => rowsOf(sample, table, days, factor)
  const tables = [
    ...new Set(sample.runs.flatMap(({ people, days }) => [people, ...days].flatMap((rows) => Object.keys(rows)))),
  ]
  const rows: Record<string, Estimate> = Object.fromEntries(tables.map((table) => [table, per(table)]))
  const raw = rowsOf(sample, undefined, days, factor)
  const sampled = sample.runs.length * sample.peopleEach
  let derived = 0
  for (const [table, found] of Object.entries(sample.derived)) {
    const value = sample.bounded.includes(table) ? found : Math.round((found * count) / sampled)
    rows[table] = { value, error: sample.isItself && days === sample.daysEach ? 0 : null }
    derived += value
  }
  const total = { value: raw.value + derived, error: raw.error }
  const share = raw.value === 0 ? 0 : raw.error! / raw.value
  const { empty, full } = sample.bytes
  const written = sum(sample.runs.map((run) => rowsIn(run))) + sum(Object.values(sample.derived))
  const rowBytes = (full - empty) / Math.max(1, written)
  const disk = empty + rowBytes * total.value
  const daily =
    days === 0 ? 0 : (raw.value - factor * mean(sample.runs.map(({ people }) => sum(Object.values(people))))) / days
  const memory = sample.memory + Math.max(0, count - sample.peopleEach) * BYTES_A_PERSON + DAYS_HELD * rowBytes * daily
  return {
    rows,
    total,
    diskBytes: { value: Math.round(disk), error: Math.round(disk * share) },
    memoryBytes: { value: Math.round(memory), error: Math.round(memory * MEMORY_ERROR) },
    seconds: secondsOf(sample, count, raw, sampled),
  }
}

/** @param table undefined: all of them together, whose error is less than the sum of theirs */
function rowsOf(sample: Sample, table: string | undefined, days: number, factor: number): Estimate {
  const of = (rows: Readonly<Record<string, number>>) =>
    table === undefined ? sum(Object.values(rows)) : (rows[table] ?? 0)
  const beyond = days - sample.daysEach
  const runs = sample.runs.map((run) => {
    const daily = run.days.map(of)
    const week = daily.slice(-WEEK)
    const [last, before] = [mean(week), mean(daily.slice(-2 * WEEK, -WEEK))]
    const rows = of(run.people) + sum(daily) + beyond * last
    return {
      rows,
      step: beyond * Math.hypot(last - before, LATER_DAYS_ERROR * last),
      noise: beyond > 0 ? Math.sqrt(beyond) * deviation(week) : 0,
    }
  })
  const value = Math.round(factor * mean(runs.map(({ rows }) => rows)))
  // Of the days beyond the sample: another level than that of its last week, and the chance of each day.
  const drift = factor * mean(runs.map(({ step }) => step))
  const noise = NORMAL * Math.sqrt(factor) * mean(runs.map((run) => run.noise))
  // Of the mean of the small runs, and of the run itself, whose people are another draw.
  const draws = sample.isItself
    ? 0
    : student(runs.length) * deviation(runs.map(({ rows }) => rows)) * factor * Math.sqrt(1 / runs.length + 1 / factor)
  return { value, error: Math.round(Math.hypot(drift, noise, draws)) }
}

function secondsOf(sample: Sample, count: number, raw: Estimate, sampled: number): Estimate {
  const [first, ...others] = sample.runs
  const jobs = (sum(sample.jobs.map(({ seconds }) => seconds)) * count) / sampled
  // The first run finds the compiler cold.
  const paces = (others.length > 0 ? others : [first!]).map((run) => run.seconds / rowsIn(run))
  const pace = mean(paces)
  const cold = Math.max(0, first!.seconds - pace * rowsIn(first!))
  const value = rounded(sample.opening + cold + pace * raw.value + jobs)
  if (paces.length === 1) return { value, error: null }
  const spread = (student(paces.length) * deviation(paces)) / Math.sqrt(paces.length)
  return { value, error: rounded(Math.hypot(spread * raw.value, pace * raw.error!)) }
}

function rowsIn({ people, days }: Sample['runs'][number]): number {
  return sum([people, ...days].flatMap((rows) => Object.values(rows)))
}

function student(values: number): number {
  return STUDENT[values - 2] ?? 0
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / Math.max(1, values.length - 1))
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
