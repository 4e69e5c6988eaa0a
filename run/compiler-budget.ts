import { setFlagsFromString } from 'node:v8'

/** Person-days from which better code is worth its compilation: half a second of processor time, measured. */
const WORTH_PERSON_DAYS = 500_000

/**
 * Lets V8 inline more, in this process from now on. It stops when a function has taken in 920 bytes of bytecode; a loop
 * that dispatches to a model's handler, which schedules, which draws, needs about three times that, and below it every
 * event pays for calls and for boxing its time. It changes speed alone (docs/performance.md has by how much).
 *
 * The flags are the process's, workers included, and cannot be taken back: whatever else runs in it is compiled with them
 * too. A library's user says `raiseCompilerBudget: false` (`RunOptions`, `ScorecardOptions`) to have them left alone.
 */
export function raiseCompilerBudget(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=3000')
  setFlagsFromString('--max-inlined-bytecode-size=1000')
}

/** The same where a run is long enough; to be called before its workers start. */
export function raiseCompilerBudgetFor(people: number, days: number): void {
  if (people * days >= WORTH_PERSON_DAYS) raiseCompilerBudget()
}
