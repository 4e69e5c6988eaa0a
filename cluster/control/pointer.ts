import { openObjects, withoutPassword } from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { nameOf } from '../plan/canonical.ts'
import { outputOf, reached } from '../plan/output.ts'
import { type Output, type Plan, planName } from '../plan/plan.ts'
import { broken, opened } from '../plan/sealed.ts'
import { persistentObjects } from './persistent-objects.ts'
import type { Contact } from './persistently.ts'

/**
 * Beside the rows it is kept where their plan is, as long as the plan is not finished: whoever finds the run half-written can go
 * on with its tasks.
 */
export interface Pointer {
  /** URL of the place that keeps the plan. */
  readonly control: string
  /** Name of the plan: a run that was reset may have been planned anew under the same seed, and given the same id. */
  readonly plan: string
}

/** @param control where the plan is kept */
export async function putPointer(where: string, plan: Plan, control: string): Promise<void> {
  const pointer: Pointer = { control, plan: planName(plan) }
  const bytes = new TextEncoder().encode(JSON.stringify(pointer))
  await at(where, (objects) => objects.put(pointerKey(plan.config.seed), [bytes]))
}

/** The pointer of a run; null where it has none. @param contact as of `persistentObjects` */
export async function pointerAt(where: string, seed: string, contact?: Contact): Promise<Pointer | null> {
  return pointerIn(await pointerBytes(where, seed, contact), seed, withoutPassword(where))
}

/** The same as it lies there. */
export async function pointerBytes(where: string, seed: string, contact?: Contact): Promise<Uint8Array | null> {
  return at(where, (objects) => objects.get(pointerKey(seed)), contact)
}

/** The pointer that some bytes are. @throws MingleError BAD_INPUT when they are none */
export function pointerIn(bytes: Uint8Array | null, seed: string, url: string): Pointer | null {
  if (!bytes) return null
  const { control, plan } = (opened(bytes)?.content ?? {}) as Partial<Pointer>
  if (typeof control === 'string' && typeof plan === 'string') return { control, plan }
  throw broken(`${pointerKey(seed)} in ${url}`, "the same 'mingle plan run' again puts it back")
}

/** The URL of the place that keeps the plan of a run; null where the run has none. */
export async function pointerOf({ where }: Pick<Output, 'where'>, seed: string): Promise<string | null> {
  return (await pointerAt(where, seed))?.control ?? null
}

export async function removePointer(where: string, seed: string): Promise<void> {
  await at(where, (objects) => objects.remove(pointerKey(seed)))
}

/** Whether tasks carry out a run, and are not finished. @param databaseUrl where they write it */
export async function hasPlan(databaseUrl: string, seed: string): Promise<boolean> {
  const where = reached(outputOf(databaseUrl), databaseUrl)
  return (await pointerBytes(where, seed)) !== null
}

/**
 * Whether a pointer leads to this plan; none does to a plan that is finished, or was given up.
 * @param where it lies
 * @throws MingleError BAD_INPUT when it leads to another: the run of this one was reset, and planned again
 */
export function leadsTo(plan: Plan, pointer: Pointer | null, where: string): boolean {
  if (pointer === null || pointer.plan === planName(plan)) return pointer !== null
  throw badInput(
    `${withoutPassword(where)} holds run '${plan.config.seed}' of another plan by now: this one's was reset, and planned again in ${pointer.control}; carry out that one`,
  )
}

/** @throws MingleError BAD_INPUT when a place knows that its run is another plan's by now */
export async function checkCurrent(plan: Plan, where: string): Promise<void> {
  leadsTo(plan, await pointerAt(where, plan.config.seed), where)
}

/** Where it lies beside the rows. */
export function pointerKey(seed: string): string {
  return `_plan-${nameOf(seed)}.json`
}

async function at<T>(
  where: string,
  work: (objects: Awaited<ReturnType<typeof openObjects>>) => Promise<T>,
  contact?: Contact,
): Promise<T> {
  const objects = persistentObjects(await openObjects(where), contact)
  try {
    return await work(objects)
  } finally {
    await objects.close()
  }
}
