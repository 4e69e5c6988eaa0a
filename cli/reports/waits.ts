import type { Seconds } from '../../run/index.ts'
import { printTable } from './table.ts'

/** Phases of a run; the others of `Seconds` say what its days waited for. */
const PHASES = ['profiles', 'replay', 'days', 'total'] as const

export function phasesOf(seconds: Readonly<Seconds>): Record<string, number> {
  return Object.fromEntries(PHASES.map((phase) => [phase, seconds[phase]]))
}

/** What the days waited for, in seconds, the parts apart from one another. */
export function waitsOf({ simulating, writing, rendering, committing }: Readonly<Seconds>): Record<string, number> {
  return { simulating, rendering, writing: Math.max(0, writing - rendering - committing), committing }
}

/** What the days waited for, and what would shorten it; nothing for runs of less than a second. */
export function printWaits(seconds: Readonly<Seconds>): void {
  const waits = Object.entries(waitsOf(seconds))
  const all = waits.reduce((sum, [, value]) => sum + value, 0)
  if (all < 1 || seconds.writing === 0) return
  console.log('')
  printTable(
    ['the days waited for', 'seconds', ''],
    waits.map(([name, value]) => [name, value.toFixed(2), `${Math.round((value / all) * 100)} %`]),
  )
  console.log('')
  console.log(adviceOf(seconds, all))
}

function adviceOf(seconds: Readonly<Seconds>, all: number): string {
  const { simulating, rendering, committing } = waitsOf(seconds)
  if (simulating! + rendering! > all / 2)
    return 'Mostly simulating and making rows: more cores (--workers) would help most.'
  if (committing! > all / 2) return 'Mostly commits: a faster disk would help most.'
  return 'Mostly the database itself: it takes rows on one core, and a faster one would help most.'
}
