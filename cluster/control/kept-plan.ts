import { packageVersion } from '../../installation/index.ts'
import type { ObjectStore } from '../../persist/index.ts'
import { optionWords } from '../../run/index.ts'
import { ENGINE_VERSION } from '../../sim/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { LAYOUT, type Plan } from '../plan/plan.ts'
import { broken, opened } from '../plan/sealed.ts'
import { fromHere, hasLedger, notHere } from './seen.ts'

export const PLAN_KEY = 'plan.json'

/** The plan that is kept, or null. @throws MingleError BAD_INPUT when it is not as it was made */
export async function readPlan(control: ObjectStore): Promise<Plan | null> {
  const bytes = await control.get(PLAN_KEY)
  return bytes && parsedPlan(bytes, control.url)
}

/** @throws MingleError BAD_INPUT when there is none; ENGINE_DIFFERS when another version made it */
export async function planAt(control: ObjectStore): Promise<Plan> {
  const plan = await readPlan(control)
  if (!plan) {
    throw badInput(`${control.url} holds no plan; make one: mingle plan run … ${optionWords('--out', control.url)}`)
  }
  checkVersions(plan)
  return plan
}

/**
 * The plan that a task of a queue is of.
 *
 * @param output where its rows go, as this machine reaches it
 * @throws MingleError NOT_HERE when this machine does not see it, BAD_INPUT when the run is over
 */
export async function planOfTask(control: ObjectStore, output: string): Promise<Plan> {
  const bytes = await fromHere(() => control.get(PLAN_KEY))
  if (!bytes) {
    throw (await hasLedger(output))
      ? badInput(`${control.url} holds no plan any more: its run is finished, or was reset`)
      : notHere(
          `${control.url} holds no plan as seen from this machine: is that not mounted here, or named otherwise? Its tasks stay for workers that see it; where its run was given up, 'mingle cluster forget' takes them out of the queue`,
        )
  }
  const plan = parsedPlan(bytes, control.url)
  checkVersions(plan)
  return plan
}

/** Facts follow from the engine, bytes from the package: machines with others take no part. */
export function checkVersions({ engine, layout, packageVersion: version }: Plan): void {
  const here = packageVersion()
  if (engine === ENGINE_VERSION && layout === LAYOUT && version === here) return
  throw new MingleError(
    'ENGINE_DIFFERS',
    `the plan was made by mingle ${version} (engine ${engine}, layout ${layout}), this is mingle ${here} (engine ${ENGINE_VERSION}, layout ${LAYOUT}): files of two versions need not have the same bytes. Install mingle ${version} here, or make the plan again`,
  )
}

/** A plan of another version is left to `checkVersions`: it may lie otherwise. */
export function parsedPlan(bytes: Uint8Array, url: string): Plan {
  const found = opened(bytes)
  const plan = found?.content as Partial<Plan> | undefined
  const isForeign =
    typeof plan?.packageVersion === 'string' &&
    typeof plan.engine === 'number' &&
    typeof plan.layout === 'number' &&
    (plan.packageVersion !== packageVersion() || plan.engine !== ENGINE_VERSION || plan.layout !== LAYOUT)
  if (found?.isWhole || isForeign) return plan as Plan
  throw broken(
    `${PLAN_KEY} in ${url}`,
    "put a copy of it back, or give the run up ('mingle reset all' where its rows go), remove the plan, and make it again with 'mingle plan run'",
  )
}
