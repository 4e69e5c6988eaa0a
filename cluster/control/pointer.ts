import { openObjects } from '../../persist/index.ts'
import { nameOf } from '../plan/canonical.ts'
import { outputOf, reached } from '../plan/output.ts'
import type { Output } from '../plan/plan.ts'
import { broken, opened } from '../plan/sealed.ts'
import { persistentObjects } from './persistent-objects.ts'
import type { Contact } from './persistently.ts'

/**
 * Beside the rows it is kept where their plan is, as long as the plan is not finished: whoever finds the run half-written can go
 * on with its tasks.
 */
interface Pointer {
  readonly control: string
}

export async function putPointer(where: string, seed: string, control: string): Promise<void> {
  await at(where, (objects) => objects.put(keyOf(seed), [new TextEncoder().encode(JSON.stringify({ control }))]))
}

/** The URL of the place that keeps the plan of a run; null where the run has none. */
export async function pointerOf({ where }: Pick<Output, 'where'>, seed: string): Promise<string | null> {
  return at(where, async (objects) => {
    const bytes = await objects.get(keyOf(seed))
    if (!bytes) return null
    const { control } = (opened(bytes)?.content ?? {}) as Partial<Pointer>
    if (typeof control === 'string') return control
    throw broken(`${keyOf(seed)} in ${objects.url}`, "the same 'mingle plan run' again puts it back")
  })
}

/** Whether tasks carry out a run that is written there, as far as this place knows. @param contact as of `persistentObjects` */
export async function hasPointer(where: string, seed: string, contact?: Contact): Promise<boolean> {
  return at(where, async (objects) => (await objects.get(keyOf(seed))) !== null, contact)
}

export async function removePointer(where: string, seed: string): Promise<void> {
  await at(where, (objects) => objects.remove(keyOf(seed)))
}

/** Whether tasks carry out a run, and are not finished. @param databaseUrl where they write it */
export async function hasPlan(databaseUrl: string, seed: string): Promise<boolean> {
  return hasPointer(reached(outputOf(databaseUrl), databaseUrl), seed)
}

function keyOf(seed: string): string {
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
