import { withoutPassword } from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Plan } from '../plan/plan.ts'
import { hasPointer } from '../plan/pointer.ts'
import { fromHere, hasLedger, notHere } from '../plan/seen.ts'

/**
 * Rows that went elsewhere, as into a folder that is not mounted here, would be missed by nobody before the plan is finished.
 *
 * @param output where rows go, as this machine reaches it
 * @throws MingleError NOT_HERE when this machine does not see it, BAD_INPUT when it knows nothing of the run
 */
export async function checkPlace({ config: { seed }, output }: Plan, where: string): Promise<void> {
  if (await fromHere(() => hasPointer(where, seed))) return
  const shown = withoutPassword(where)
  if (await hasLedger(where)) {
    throw badInput(
      `${shown} knows of no run '${seed}' that tasks carry out: it is finished, or was reset, or the plan's own place (${output.where}) is another`,
    )
  }
  const named = output.kind === 'files' ? `${output.format}:/folder` : 'postgresql://user:password@host/database'
  throw notHere(
    `${shown} holds no run as seen from this machine, and the plan writes run '${seed}' into ${output.where}: is that not mounted here, or named otherwise? Mount it, or name it as this machine reaches it: mingle task run … --database-url ${named}`,
  )
}
