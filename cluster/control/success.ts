import { openObjects, SUCCESS_KEY } from '../../persist/index.ts'
import type { Output } from '../plan/plan.ts'

/** What a finished run says of itself there. */
export interface Success {
  readonly seed: string
  readonly days: number
  readonly digest: string | null
}

/** Says that the files of a run are whole, last of all. @param where the output, as this machine reaches it */
export async function putSuccess(where: string, success: Success): Promise<void> {
  const objects = await openObjects(where)
  try {
    await objects.put(SUCCESS_KEY, [new TextEncoder().encode(`${JSON.stringify(success)}\n`)])
    await objects.sweep()
  } finally {
    await objects.close()
  }
}

/** Says so no more: of this run, or of whatever run when another begins to be written. */
export async function removeSuccess({ kind }: Pick<Output, 'kind'>, where: string, seed?: string): Promise<void> {
  if (kind === 'database') return
  const objects = await openObjects(where)
  try {
    const bytes = await objects.get(SUCCESS_KEY)
    if (bytes && (seed === undefined || seedIn(bytes) === seed)) await objects.remove(SUCCESS_KEY)
  } finally {
    await objects.close()
  }
}

function seedIn(bytes: Uint8Array): unknown {
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) as Partial<Success> | null)?.seed
  } catch {
    return undefined
  }
}
