import type { Block, MadePeople } from '../../persist/index.ts'
import type { Outcome, Written } from '../plan/outcome.ts'

/** Where a task puts its rows. */
export interface Target {
  /**
   * Called first, and again when it was all in vain. @returns how the task ended, where its rows are there already: the answer was
   * lost, or another was quicker
   */
  begin(): Promise<Outcome | null>
  /** @param at pass 1: the chunk, from 1; pass 2: the day on which they join */
  writePeople(at: number, made: MadePeople): Promise<void>
  /** A day's blocks, the markets in their order, behind its newcomers. */
  writeDay(day: number, blocks: readonly Block[]): Promise<void>
  /** All of the rows are on their way. @returns what was written, in the order of writing */
  end(): Promise<Written[]>
  /**
   * The rows are there, and will stay. @returns the outcome: its own, or that of one that was quicker
   * @throws MingleError NOT_DETERMINISTIC as `putOutcome`
   */
  settle(outcome: Outcome): Promise<void>
  close(): Promise<void>
}
