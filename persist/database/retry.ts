import type { Backend } from './backend.ts'

/** Waits before each further attempt, in ms: a server that restarts is back within half a minute. */
const WAITS_MS = [200, 500, 1000, 2000, 5000, 10_000, 15_000]

/**
 * Runs `attempt` again while it fails by a fault of the connection, with growing waits.
 * @param say told before each wait
 * @throws whatever `attempt` threw last
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  isFault: (error: unknown) => boolean,
  say: (message: string) => void,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const wait = WAITS_MS[tries]
      if (wait === undefined || !isFault(error)) throw error
      say(`the connection was lost (${(error as Error).message}); trying again in ${wait / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** Whether the connection broke, seen from the error or from what caused it. */
export function isFault(backend: Backend, error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (backend.isLost?.(cause)) return true
  }
  return false
}
