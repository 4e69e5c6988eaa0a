import { ExperimentFolder, type Plan } from './folder/folder.ts'
import type { Piece } from './folder/pieces.ts'
import type { Done, TaskPool } from './pool/task-pool.ts'
import { ThreadPool } from './pool/thread-pool.ts'
import type {
  ForkOutcome,
  ForkRunner,
  ForkTask,
  Outcome,
  Runner,
  Setting,
  Task,
  TestOutcome,
  TestRunner,
  TestTask,
} from './studies/index.ts'

export interface LaboratoryOptions {
  /** Worker threads; default: the cores. 0: none but the calling one. */
  readonly workers?: number | undefined
  /** Who carries out the runs in the place of worker threads; closed with the laboratory. */
  readonly pool?: TaskPool | undefined
  /** Stops an experiment after the runs under way; what is done is kept. */
  readonly signal?: AbortSignal | undefined
  /** Runs done and planned so far, those that were there already included. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Where results are kept and found again; none: in memory. */
  readonly folder?: { readonly path: string; readonly plan: Plan } | undefined
}

/**
 * Where experiments are carried out: worker threads or another pool, and the folder that remembers. A trial that was run already, in this
 * experiment or in its folder, is not run again.
 */
export class Laboratory {
  readonly setting: Setting
  readonly folder: ExperimentFolder | undefined
  private readonly options: LaboratoryOptions
  private readonly pool: TaskPool
  private readonly known = new Map<string, Outcome>()
  private readonly knownPieces = new Map<string, Piece>()
  private done = 0
  private planned = 0

  constructor(setting: Setting, options: LaboratoryOptions = {}) {
    this.setting = setting
    this.options = options
    this.folder = options.folder && ExperimentFolder.open(options.folder.path, options.folder.plan)
    this.pool = options.pool ?? new ThreadPool(options)
  }

  /** Carries out trials of the setting. */
  readonly run: Runner = (trials) =>
    this.each(trials, {
      known: this.known,
      kept: (trial) => this.folder?.outcome(trial),
      task: (trial) => ({ kind: 'trial', setting: this.setting, trial }),
      outcome: outcomeOf,
      keep: (trial, outcome) => this.folder?.add(trial, outcome),
    })

  /** Carries out forks of the setting. */
  readonly runForks: ForkRunner = (tasks) =>
    this.pieces<ForkTask, ForkOutcome>(tasks, (fork) => ({ kind: 'fork', setting: this.setting, fork }))

  /** Carries out tests of the setting's people in arms. */
  readonly runTests: TestRunner = (tasks) =>
    this.pieces<TestTask, TestOutcome>(tasks, (test) => ({ kind: 'test', setting: this.setting, test }))

  private pieces<Given, Result>(
    tasks: readonly Given[],
    task: (given: Given) => Task,
  ): Promise<(Result | { readonly error: string } | null)[]> {
    const outcome = (done: Piece) => ('error' in done ? done : (done.result as Result))
    return this.each(tasks, {
      known: this.knownPieces,
      kept: (given) => this.folder?.piece(JSON.stringify(given)),
      task,
      outcome: (done): Piece => done,
      keep: (given, piece) => this.folder?.addPiece(JSON.stringify(given), piece),
    }).then((pieces) => pieces.map((piece) => piece && outcome(piece)))
  }

  /** Carries out what is not known yet, each different one once, and keeps it in the order in which it was given. */
  private async each<Given, Found>(
    given: readonly Given[],
    how: {
      readonly known: Map<string, Found>
      readonly kept: (one: Given) => Found | undefined
      readonly task: (one: Given) => Task
      readonly outcome: (done: Done) => Found
      readonly keep: (one: Given, found: Found) => void
    },
  ): Promise<(Found | null)[]> {
    const wanted = given.map((one) => JSON.stringify(one))
    const order = [...new Map(given.map((one, i) => [wanted[i]!, one]))]
    const known = new Set<number>()
    for (const [at, [key, one]] of order.entries()) {
      const kept = how.known.get(key) ?? how.kept(one)
      if (!kept) continue
      how.known.set(key, kept)
      known.add(at)
    }
    const fresh = [...order.keys()].filter((at) => !known.has(at))
    this.plan(given.length, given.length - fresh.length)
    const ended = new Map<number, Found>()
    let written = 0
    const ends = (at: number, done: Done): void => {
      ended.set(at, how.outcome(done))
      // In the planned order: a run that ended early waits for those before it.
      for (let found = ended.get(fresh[written]!); found !== undefined; found = ended.get(fresh[written]!)) {
        const [key, one] = order[fresh[written]!]!
        how.known.set(key, found)
        how.keep(one, found)
        ended.delete(fresh[written++]!)
      }
      this.advance()
    }
    await this.pool.run(
      order.map(([, one]) => how.task(one)),
      ends,
      known,
    )
    return wanted.map((key) => how.known.get(key) ?? null)
  }

  /** Carries out one task of any kind. Throws what went wrong. */
  async ask(task: Task): Promise<Done | null> {
    return (await this.pool.run([task], () => undefined))[0]!
  }

  close(): Promise<void> {
    return this.pool.close()
  }

  private plan(runs: number, kept: number): void {
    this.planned += runs
    this.done += kept
    this.options.onProgress?.(this.done, this.planned)
  }

  private advance(): void {
    this.done++
    this.options.onProgress?.(this.done, this.planned)
  }
}

function outcomeOf(done: Done): Outcome {
  return 'error' in done ? done : (done.result as Outcome)
}
