import { openObjects } from '../../persist/index.ts'
import { nameOf } from './canonical.ts'
import type { Output } from './plan.ts'

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
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Pointer).control
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
