import { isPostgres, openObjects, taskTransactions } from '../persist/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { readPlan } from './control/kept-plan.ts'
import { persistently } from './control/persistently.ts'
import { pointerOf, removePointer } from './control/pointer.ts'
import { planKeysIn, recordsOf } from './control/records.ts'
import { removeSuccess } from './control/success.ts'
import { outputOf, placeHere, reached } from './plan/output.ts'
import type { Plan } from './plan/plan.ts'

/** Days of a run that tasks wrote are to go: nobody is to take its files for whole. @param databaseUrl where it was written */
export async function forgetSuccess(databaseUrl: string, seed: string): Promise<void> {
  const output = outputOf(databaseUrl)
  await removeSuccess(output, reached(output, databaseUrl), seed)
}

/** A run is given up: its place knows of no plan any more, and a database keeps nothing of its tasks. */
export async function forgetPlan(databaseUrl: string, seed: string): Promise<void> {
  const where = reached(outputOf(databaseUrl), databaseUrl)
  const prefixes = isPostgres(where) ? await prefixesOf(where, seed) : []
  await removePointer(where, seed)
  if (prefixes.length === 0) return
  const transactions = await taskTransactions()
  await persistently(() => transactions.clear(where, prefixes), 'give the run up again')
}

/** Beginnings of the keys under which a database keeps what a plan's tasks left, and the plan, where it lies there. */
async function prefixesOf(where: string, seed: string): Promise<string[]> {
  const control = await unlessUnread(() => pointerOf({ where }, seed))
  if (control === null) return []
  const plan = await unlessUnread(() => planIn(placeHere(control, where)))
  return [...(plan ? [recordsOf(plan)] : []), ...planKeysIn(where, control)]
}

async function planIn(control: string): Promise<Plan | null> {
  const objects = await openObjects(control)
  try {
    return await readPlan(objects)
  } finally {
    await objects.close()
  }
}

/** A plan that is damaged, or not seen from here, keeps nobody from giving its run up; its records count for nothing. */
async function unlessUnread<T>(read: () => Promise<T>): Promise<T | null> {
  return read().catch((error) => {
    if (error instanceof MingleError) return null
    throw error
  })
}
