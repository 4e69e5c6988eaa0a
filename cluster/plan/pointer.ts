import { openObjects } from '../../persist/index.ts'
import { nameOf } from './canonical.ts'
import type { Output } from './plan.ts'
import { broken, opened, sealed } from './sealed.ts'

/**
 * Beside the rows it is kept where their plan is, as long as the plan is not finished: whoever finds the run half-written can go
 * on with its tasks.
 */
interface Pointer {
  readonly control: string
}

export async function putPointer(where: string, seed: string, control: string): Promise<void> {
  await at(where, (objects) => objects.put(keyOf(seed), [sealed({ control })]))
}

/** The URL of the place that keeps the plan of a run; null where the run has none. */
export async function pointerOf({ where }: Pick<Output, 'where'>, seed: string): Promise<string | null> {
  return at(where, async (objects) => {
    const bytes = await objects.get(keyOf(seed))
    if (!bytes) return null
    const found = opened(bytes)
    if (found?.isWhole) return (found.content as Pointer).control
    throw broken(`${keyOf(seed)} in ${objects.url}`, "the same 'mingle plan run' again puts it back")
  })
}

export async function removePointer(where: string, seed: string): Promise<void> {
  await at(where, (objects) => objects.remove(keyOf(seed)))
}

function keyOf(seed: string): string {
  return `_plan-${nameOf(seed)}.json`
}

async function at<T>(
  where: string,
  work: (objects: Awaited<ReturnType<typeof openObjects>>) => Promise<T>,
): Promise<T> {
  const objects = await openObjects(where)
  try {
    return await work(objects)
  } finally {
    await objects.close()
  }
}
