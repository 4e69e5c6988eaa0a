import { ExperimentFolder, type Plan } from './folder/folder.ts'
import { type Done, Pool } from './pool/pool.ts'
import type { ForkOutcome, ForkRunner, ForkTask, Outcome, Runner, Setting, Task, Trial } from './studies/index.ts'

export interface LaboratoryOptions {
  /** Worker threads; default: the cores. 0: none but the calling one. */
  readonly workers?: number | undefined
  /** Stops an experiment after the runs under way; what is done is kept. */
  readonly signal?: AbortSignal | undefined
  /** Runs done and planned so far, those that were there already included. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Where results are kept and found again; none: in memory. */
  readonly folder?: { readonly path: string; readonly plan: Plan } | undefined
}

/**
 * Where experiments are carried out: worker threads, and the folder that remembers. A trial that was run already, in this
 * experiment or in its folder, is not run again.
 */
export class Laboratory {
  readonly setting: Setting
  readonly folder: ExperimentFolder | undefined
  private readonly options: LaboratoryOptions
  private readonly pool: Pool
  private readonly known = new Map<string, Outcome>()
  private done = 0
  private planned = 0

  constructor(setting: Setting, options: LaboratoryOptions = {}) {
    this.setting = setting
    this.options = options
    this.folder = options.folder && ExperimentFolder.open(options.folder.path, options.folder.plan)
    this.pool = new Pool(options)
  }

  /** Carries out trials of the setting. */
  readonly run: Runner = async (trials) => {
    const wanted = trials.map((trial) => JSON.stringify(trial))
    const fresh = new Map<string, Trial>()
    for (const [i, trial] of trials.entries()) {
      const key = wanted[i]!
      const kept = this.known.get(key) ?? this.folder?.outcome(trial)
      if (kept) this.known.set(key, kept)
      else fresh.set(key, trial)
    }
    this.plan(trials.length, trials.length - fresh.size)
    const order = [...fresh]
    const ended = new Map<number, Outcome>()
    let written = 0
    const tasks = order.map(([, trial]): Task => ({ kind: 'trial', setting: this.setting, trial }))
    await this.pool.run(tasks, (at, done) => {
      ended.set(at, outcomeOf(done))
      // In the planned order: a run that ended early waits for those before it.
      for (let outcome = ended.get(written); outcome !== undefined; outcome = ended.get(written)) {
        const [key, trial] = order[written]!
        this.known.set(key, outcome)
        this.folder?.add(trial, outcome)
        ended.delete(written++)
      }
      this.advance()
    })
    return wanted.map((key) => this.known.get(key) ?? null)
  }

  /** Carries out forks of the setting. */
  readonly runForks: ForkRunner = async (tasks: readonly ForkTask[]) => {
    this.plan(tasks.length, 0)
    const all = tasks.map((fork): Task => ({ kind: 'fork', setting: this.setting, fork }))
    const results = await this.pool.run(all, () => this.advance())
    return results.map((done) => done && ('error' in done ? done : (done.result as ForkOutcome)))
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
