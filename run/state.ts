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

  get stopped(): boolean {
    return this.signal?.aborted ?? false
  }

  wrote(receipt: Receipt): void {
    for (const rows of Object.values(receipt.rows)) this.rows += rows
  }

  report(phase: Progress['phase'], done: number, total: number): void {
    this.listener?.({ phase, done, total, rows: this.rows })
  }
}
