import { withoutPassword } from '../../persist/index.ts'
import { badInput, type MingleError } from '../../sim/kernel/index.ts'
import type { Contact } from '../control/persistently.ts'
import { hasPointer } from '../control/pointer.ts'
import { fromHere, hasLedger, notHere } from '../control/seen.ts'
import { storeOf } from '../plan/output.ts'
import type { Plan } from '../plan/plan.ts'

/**
 * Rows that went elsewhere, as into a folder that is not mounted here, would be missed by nobody before the plan is finished.
 *
 * @param where rows go, as this machine reaches it
 * @param contact with a database there
 * @throws MingleError NOT_HERE when this machine does not see it, BAD_INPUT when it knows nothing of the run
 */
export async function checkPlace(plan: Plan, where: string, contact: Contact): Promise<void> {
  const { seed } = plan.config
  if (await fromHere(() => hasPointer(where, seed, contact))) return
  throw await refusal(plan, where)
}

/**
 * As `checkPlace`, for a plan that may be finished: what is carried out already is then left alone.
 * @throws MingleError NOT_HERE, BAD_INPUT as there
 */
export async function checkRun(plan: Plan, where: string): Promise<void> {
  const { config, setup, output } = plan
  if (await fromHere(() => hasPointer(where, config.seed, { reached: false }))) return
  if (!(await hasLedger(where))) throw await refusal(plan, where)
  const store = await storeOf(output, where, { create: false })
  try {
    if ((await store.findRun(config.seed))?.id !== setup.runId) throw await refusal(plan, where)
  } finally {
    await store.close()
  }
}

async function refusal({ config: { seed }, output }: Plan, where: string): Promise<MingleError> {
  const shown = withoutPassword(where)
  if (await hasLedger(where)) {
    return badInput(
      `${shown} knows of no run '${seed}' that tasks carry out: it is finished, or was reset, or the plan's own place (${output.where}) is another`,
    )
  }
  const named = output.kind === 'files' ? `${output.format}:/folder` : 'postgresql://user:password@host/database'
  return notHere(
    `${shown} holds no run as seen from this machine, and the plan writes run '${seed}' into ${output.where}: is that not mounted here, or named otherwise? Mount it, or name it as this machine reaches it: mingle task run … --database-url ${named}`,
  )
}
