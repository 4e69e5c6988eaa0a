import { withoutPassword } from '../../persist/index.ts'
import { isUnfinished } from '../../run/index.ts'
import { badInput, type MingleError } from '../../sim/kernel/index.ts'
import type { Contact } from '../control/persistently.ts'
import { leadsTo, type Pointer, pointerBytes, pointerIn } from '../control/pointer.ts'
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
  const pointer = await pointerHere(plan, where, contact)
  if (!leadsTo(plan, pointer, where)) throw await refusal(plan, where)
}

/** What cannot be read is the place's own, and no matter of this machine. */
async function pointerHere({ config: { seed } }: Plan, where: string, contact: Contact): Promise<Pointer | null> {
  const bytes = await fromHere(() => pointerBytes(where, seed, contact))
  return pointerIn(bytes, seed, withoutPassword(where))
}

/**
 * As `checkPlace` before any task, for a plan that may be finished: what is carried out already is then left alone.
 * @throws MingleError NOT_HERE, BAD_INPUT as there; BAD_INPUT also when others have taken the ids that were planned
 */
export async function checkRun(plan: Plan, where: string): Promise<void> {
  const { config, setup, output } = plan
  const isOpen = leadsTo(plan, await pointerHere(plan, where, { reached: false }), where)
  if (!(await hasLedger(where))) throw await refusal(plan, where)
  const store = await storeOf(output, where, { create: false })
  try {
    const run = await store.findRun(config.seed)
    if (run?.id !== setup.runId) throw await refusal(plan, where)
    if (isOpen && isUnfinished(run)) await store.checkTaskIds(setup)
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
