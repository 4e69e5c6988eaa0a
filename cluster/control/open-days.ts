import { taskTransactions } from '../../persist/index.ts'
import { dayRangesOf } from '../plan/places.ts'
import { persistently } from './persistently.ts'
import type { Standing } from './standing.ts'

/**
 * Before tasks of pass 2 write: a database that keeps its tables by day gets room for all days, as no task knows more of a day than its
 * own part. Safe to be called by everybody.
 *
 * @param where the output, as this machine reaches it
 */
export async function openDays(standing: Standing, where: string = standing.plan.output.where): Promise<void> {
  const { output, setup } = standing.plan
  const places = output.kind === 'database' ? await standing.places() : null
  if (!places) return
  const transactions = await taskTransactions()
  await persistently(() => transactions.openDays(where, setup.runId, dayRangesOf(places)), 'go on with the plan')
}
