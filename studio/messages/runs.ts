import type { RunInput } from '../../sim/index.ts'

/** What the page shows of a run in a list. */
export interface RunLine {
  readonly seed: string
  readonly people: number
  readonly startDate: string
  readonly days: number
  readonly planned: number
  readonly status: string
  readonly digest: string | null
  readonly engineVersion: number
  readonly sameEngine: boolean
}

/** What the page needs to simulate a run again and to check that it is the same. */
export interface OpenedRun extends RunLine {
  readonly database: string
  readonly input: RunInput
  /** Days of which facts were told; pauses are none. */
  readonly toldDays: number
  /** Run digest after each told day. */
  readonly digests: readonly string[]
  readonly rows: Readonly<Record<string, number>>
}

/** What the server has to show beside the page. */
export interface About {
  readonly database: string | null
  readonly watching: boolean
  readonly experiments: string | null
}
