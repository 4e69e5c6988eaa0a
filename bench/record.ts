import { appendFileSync } from 'node:fs'
import process from 'node:process'

/** One measured figure. Lower is better. */
export interface BenchRecord {
  /** Names the figure in all result files: candidate and arguments, never the machine. */
  readonly name: string
  /** The middle of the samples, and the quarters around it: the noise band. Equal for a single shot. */
  readonly value: number
  readonly low: number
  readonly high: number
  readonly unit: string
  /** Hash of what was computed: a faster wrong answer is seen. */
  readonly hash: string
  /** `mitata`, or how else it was taken. */
  readonly method: string
  readonly [more: string]: number | string
}

/** Prints a figure on one line; under `npm run bench` it also goes into the result file. */
export function report(record: BenchRecord): void {
  const { name, value, low, high, unit, hash, method, ...more } = record
  const extras = Object.entries(more).map(([key, given]) => `${key}=${given}`)
  const band = low === high ? '' : ` (${round(low)}–${round(high)})`
  console.log([`${name}: ${round(value)}${band} ${unit}`, ...extras, `[${method}]`, `hash=${hash}`].join('  '))
  keep(record)
}

/** Puts a figure into the result file, under `npm run bench`; for benchmarks that print a line of their own. */
export function keep(record: BenchRecord): void {
  const file = process.env.BENCH_RECORDS
  if (file) appendFileSync(file, `${JSON.stringify(record)}\n`)
}

/** Middle and quarters of samples. */
export function quarters(samples: readonly number[]): { value: number; low: number; high: number } {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return { value: at(0.5), low: at(0.25), high: at(0.75) }
}

/** A hash of 32 bits as results show it. */
export function hex32(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Processor time of the process so far in ns, all threads: on a shared machine steadier than the wall clock. */
export function cpuNs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
