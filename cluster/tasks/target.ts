import type { Block } from '../../persist/index.ts'
import type { WriteOutcome, Written } from './outcome.ts'

/** Where a task of pass 2 puts its rows. */
export interface Target {
  /** A day's blocks, the markets in their order. */
  write(day: number, blocks: readonly Block[]): Promise<void>
  /** All of the rows are there, and will stay. @returns what was written, in the order of writing */
  end(): Promise<Written[]>
  /** Ends the task with its manifest. @throws MingleError NOT_DETERMINISTIC as `putOutcome` */
  settle(outcome: WriteOutcome): Promise<void>
}
