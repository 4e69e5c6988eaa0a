import { isPostgres, openObjects, taskTransactions } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { readPlan } from './kept-plan.ts'
import { outputOf, placeHere, reached } from './output.ts'
import { persistently } from './persistently.ts'
import { pointerOf, removePointer } from './pointer.ts'
import { planKeysIn, recordsOf } from './records.ts'
import { removeSuccess } from './success.ts'

/** Days of a run that tasks wrote are gone: nobody is to take its files for whole. @param databaseUrl where it was written */
export async function forgetSuccess(databaseUrl: string, seed: string): Promise<void> {
  const output = outputOf(databaseUrl)
  await removeSuccess(output, reached(output, databaseUrl), seed)
}

/** A run is given up: its place knows of no plan any more, and a database keeps nothing of its tasks. */
export async function forgetPlan(databaseUrl: string, seed: string): Promise<void> {
  const where = reached(outputOf(databaseUrl), databaseUrl)
  const control = await pointerOf({ where }, seed)
  const prefixes = control === null || !isPostgres(where) ? [] : await prefixesOf(control, where)
  await removePointer(where, seed)
  if (prefixes.length === 0) return
  const transactions = await taskTransactions()
  await persistently(() => transactions.clear(where, prefixes), 'give the run up again')
}

/** Beginnings of the keys under which a database keeps what a plan's tasks left, and the plan, where it lies there. */
async function prefixesOf(control: string, where: string): Promise<string[]> {
  const own = planKeysIn(where, control)
  const objects = await openObjects(placeHere(control, where))
  try {
    const plan = await readPlan(objects)
    return plan ? [recordsOf(plan), ...own] : own
  } catch (error) {
    // A plan that is damaged, or not seen from here, keeps nobody from giving its run up; its records count for nothing.
    if (error instanceof MingleError) return own
    throw error
  } finally {
    await objects.close()
  }
}
