import { inspect } from 'node:util'
import type { EventExtension, RunConfig, RunInput } from '../../sim/index.ts'
import { ENGINE_VERSION, formatDate, startDate } from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { OpenedRun, RunLine } from '../messages/index.ts'

/** A run as the ledger has it: what the studio reads of `RunRecord`. */
export interface LedgerRun {
  readonly id: number
  readonly seed: string
  readonly startDay: number
  readonly people: number
  readonly status: string
  readonly lastDay: number
  readonly digest: string | null
  readonly engineVersion: number
  readonly packageVersion: string
  readonly metrics: string | null
}

/** A committed day as the ledger has it. */
export interface LedgerDay {
  readonly day: number
  readonly rows: Readonly<Record<string, number>>
  readonly factDigests: readonly string[]
}

/** The ledger of a database, to be read. Nothing here writes. */
export interface Ledger {
  /** Without its password. */
  readonly url: string
  listRuns(): Promise<readonly LedgerRun[]>
  findRun(seed: string): Promise<LedgerRun | null>
  days(runId: number, fromDay?: number): Promise<readonly LedgerDay[]>
  rows(runId: number): Promise<Readonly<Record<string, number>>>
  /** What a replay simulates: the configuration with the cohorts and pauses of the segments. */
  configOf(run: LedgerRun): RunConfig
  /** Days that were asked for. */
  plannedDays(run: LedgerRun): number
  /** The run digest after each recorded day. */
  digestsOf(run: LedgerRun, days: readonly LedgerDay[]): readonly string[]
  /** What the run lives by besides, as a replay wants it; throws when its file is not there. Absent: no run has one. */
  extensionOf?(run: LedgerRun): Promise<EventExtension | undefined>
}

/** A configuration as `createSimulation` takes it. */
function inputOfConfig(config: RunConfig): RunInput {
  const { startDay: _, ...rest } = config
  return { ...rest, startDate: startDate(config) }
}

function lineOf(ledger: Ledger, run: LedgerRun): RunLine {
  const { seed, people, status, digest, engineVersion } = run
  const planned = ledger.plannedDays(run)
  return {
    seed,
    people,
    startDate: formatDate(run.startDay),
    days: run.lastDay + 1,
    planned,
    status,
    digest,
    engineVersion,
    sameEngine: engineVersion === ENGINE_VERSION,
  }
}

export async function runLines(ledger: Ledger): Promise<RunLine[]> {
  return (await ledger.listRuns()).map((run) => lineOf(ledger, run))
}

/** @throws MingleError BAD_INPUT when there is no such run, or it cannot be lived again by this engine */
export async function openRun(ledger: Ledger, seed: string): Promise<OpenedRun> {
  const run = await ledger.findRun(seed)
  if (!run) throw badInput(`there is no run ${inspect(seed)} in ${ledger.url}`)
  if (run.engineVersion !== ENGINE_VERSION) {
    throw badInput(
      `run ${inspect(seed)} was made by engine ${run.engineVersion} (mingle ${run.packageVersion}), this is engine ${ENGINE_VERSION}: ` +
        'it cannot be lived again here; its rows and metrics are in the database',
    )
  }
  const days = await ledger.days(run.id)
  return {
    ...lineOf(ledger, run),
    database: ledger.url,
    input: inputOfConfig(ledger.configOf(run)),
    toldDays: days.length,
    digests: ledger.digestsOf(run, days),
    rows: await ledger.rows(run.id),
  }
}
