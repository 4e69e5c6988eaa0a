import { setImmediate } from 'node:timers/promises'
import type { Receipt } from '../persist/index.ts'
import type { Progress, ProgressListener } from './progress.ts'

/** What one process has done for a run so far, and whether it was asked to stop. */
export class RunProgress {
  rows = 0
  private readonly signal: AbortSignal | undefined
  private readonly listener: ProgressListener | undefined

  constructor(signal: AbortSignal | undefined, listener: ProgressListener | undefined) {
    this.signal = signal
    this.listener = listener
  }

  private get stopped(): boolean {
    return this.signal?.aborted ?? false
  }

  /**
   * Whether to stop, asked between two commits. Lets the event loop turn first: writing is synchronous, and answers of
   * workers follow one another within one turn, so that a Ctrl-C would wait for the run's end.
   */
  async shouldStop(): Promise<boolean> {
    await setImmediate()
    return this.stopped
  }

  wrote(receipt: Receipt): void {
    for (const rows of Object.values(receipt.rows)) this.rows += rows
  }

  report(phase: Progress['phase'], done: number, total: number): void {
    this.listener?.({ phase, done, total, rows: this.rows })
  }
}
