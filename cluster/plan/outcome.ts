import { type ObjectStore, TABLE_NAMES } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { outcomeKey, type Task } from './plan.ts'
import { broken, opened, sealed } from './sealed.ts'

/** What a group's day comes to, as far as others' ids hang on it. */
export interface CountedDay {
  /** By table, in the order of `DAY_TABLES`. */
  readonly rows: readonly number[]
  /** Newcomers, and their pictures. */
  readonly arrivals: number
  readonly pictures: number
}

/** Of pass 1. Its `object` holds what only the end of the run needs (`GroupCounts`). */
export interface CountOutcome {
  readonly task: string
  readonly pass: 1
  readonly group: number
  readonly days: readonly CountedDay[]
  /** The fact digest of the group's markets by day, 32 hex digits each. */
  readonly facts: readonly string[]
  readonly object: { readonly key: string; readonly bytes: number; readonly sha256: string }
  /** Of the chunks of people that the task wrote. */
  readonly written: readonly Written[]
  readonly marks: readonly Mark[]
}

/**
 * A file of a group, or its rows in a database: [day (pass 1: chunk, from 1), table (place in `TASK_TABLES`), rows, first id, content
 * digest, bytes, SHA-256].
 */
export type Written = readonly [
  at: number,
  table: number,
  rows: number,
  firstId: number,
  digest: string,
  bytes: number,
  sha256: string,
]

/** An interest that somebody touched, and when: [day (pass 1: chunk, from 1), interest's id, epoch ms]. */
export type Mark = readonly [at: number, interest: number, time: number]

/** Of pass 2. */
export interface WriteOutcome {
  readonly task: string
  readonly pass: 2
  readonly group: number
  readonly rows: number
  readonly bytes: number
  readonly facts: readonly string[]
  readonly written: readonly Written[]
  readonly marks: readonly Mark[]
}

export type Outcome = CountOutcome | WriteOutcome

/** Tables of which tasks write rows, in the order of writing. */
export const TASK_TABLES = [...TABLE_NAMES, 'seed_people'] as const
export type TaskTable = (typeof TASK_TABLES)[number]

/** The manifest of a task, or null where it has none: the task is open. */
export async function outcomeOf<O extends Outcome>(control: ObjectStore, task: Task): Promise<O | null> {
  const key = `${outcomeKey(task)}.json`
  const bytes = await control.get(key)
  return bytes && (decodeOutcome(bytes, task, `${key} in ${control.url}`) as O)
}

/**
 * Puts the manifest that ends a task, last of all that it writes.
 * @throws MingleError NOT_DETERMINISTIC when the task ended elsewhere, and otherwise
 */
export async function putOutcome(control: ObjectStore, task: Task, outcome: Outcome): Promise<void> {
  const key = `${outcomeKey(task)}.json`
  const there = await control.putNew(key, encodeOutcome(outcome))
  const place = `${key} in ${control.url}`
  if (there !== null) compareOutcomes(task, decodeOutcome(there, task, place), outcome, place)
}

export function encodeOutcome(outcome: Outcome): Uint8Array {
  return sealed(outcome)
}

/** @param place what it is called, and where it lies @throws MingleError BAD_INPUT when it is not as it was put */
export function decodeOutcome(bytes: Uint8Array, task: Task, place: string): Outcome {
  const found = opened(bytes)
  const outcome = found?.content as Partial<Outcome> | undefined
  // Another task's is whole, too.
  if (found?.isWhole && outcome?.task === task.id) return outcome as Outcome
  throw broken(place, 'remove it, and carry out its task again: mingle task run')
}

/** @throws MingleError NOT_DETERMINISTIC when a task ended in two ways */
export function compareOutcomes(task: Task, there: Outcome, now: Outcome, where: string): void {
  if (JSON.stringify(there) === JSON.stringify(now)) return
  throw notDeterministic(
    `task ${task.id} (pass ${task.pass}, group ${task.group}) ended twice, and not alike: ` +
      `${differenceOf(there, now)}. See ${where}`,
  )
}

export function notDeterministic(what: string): MingleError {
  return new MingleError(
    'NOT_DETERMINISTIC',
    `non-determinism: ${what}. One of the machines gives other facts than the others: compare their Node and package versions, test their memory, and trust neither result`,
  )
}

function differenceOf(there: Outcome, now: Outcome): string {
  const day = now.facts.findIndex((digest, i) => digest !== there.facts[i])
  if (day >= 0) return `the facts of day ${day} have digest ${there.facts[day]} there, ${now.facts[day]} here`
  const at = now.written.findIndex((each, i) => JSON.stringify(each) !== JSON.stringify(there.written[i]))
  if (at >= 0) return `${JSON.stringify(there.written[at])} there, ${JSON.stringify(now.written[at])} here`
  return 'its counts differ'
}
