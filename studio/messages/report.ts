import type { Tally, Verdict } from '../../sim/index.ts'

/** A metric by day: numbers that are none are NaN. */
export interface ReportCurve {
  readonly id: string
  readonly values: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly n: number
  readonly verdict: Verdict
}

/** Everything that a report of a run shows. */
export interface RunReport {
  readonly seed: string
  readonly people: number
  readonly days: number
  readonly startDate: string
  readonly engineVersion: number
  readonly packageVersion: string
  readonly database: string
  /** As the ledger has it, and as living the run again gave it. */
  readonly digest: string | null
  readonly replayed: string
  readonly commands: readonly string[]
  /** Parameters that are not the defaults: path, value, default. */
  readonly changes: readonly (readonly [path: string, value: number, standard: number])[]
  /** The whole configuration, as JSON. */
  readonly config: string
  readonly rows: Readonly<Record<string, number>>
  readonly curves: readonly ReportCurve[]
  readonly tally: Tally
}

/** An experiment, as the server reads its folder. */
export interface ExperimentReport {
  readonly name: string
  readonly manifest: {
    readonly kind: string
    readonly command: string
    readonly finished: boolean
    readonly engine: number
    readonly paths: readonly string[]
    readonly setting: unknown
    readonly measures: readonly {
      readonly key: string
      readonly name: string
      readonly unit: string
      readonly status: string
      readonly low: number | null
      readonly high: number | null
    }[]
  }
  readonly result: unknown
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly left: number
}
