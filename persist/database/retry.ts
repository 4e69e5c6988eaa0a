import { MingleError } from '../../sim/kernel/index.ts'
import { isUnansweredCode } from '../network-faults.ts'
import type { Backend } from './backend.ts'

/** Waits before each further attempt, in ms: a server that restarts is back within half a minute. */
const WAITS_MS = [200, 500, 1000, 2000, 5000, 10_000, 15_000]

/** How often another process may have been quicker: what it took is seen by the next attempt. */
const CONFLICTS = 6

export interface Faults {
  /** The connection broke, or the server asks to try again. */
  isTransient(error: unknown): boolean
  /** Another process committed what this one was about to write. */
  isConflict?(error: unknown): boolean
}

/**
 * Runs `attempt` again while it fails by a fault of the connection, with growing waits, or because another was quicker.
 * @param say told before each wait for the connection
 * @throws whatever `attempt` threw last
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  faults: Faults,
  say: (message: string) => void,
): Promise<T> {
  for (let lost = 0, conflicts = 0; ; ) {
    try {
      return await attempt()
    } catch (error) {
      const wait = WAITS_MS[lost]
      if (wait !== undefined && faults.isTransient(error)) {
        lost++
        const words = plainWords((error as Error).message)
        say(`${isLocked(error) ? words : `the connection was lost (${words})`}; trying again in ${wait / 1000} s`)
        await sleep(wait)
      } else if (
        conflicts < CONFLICTS &&
        (faults.isConflict?.(error) || (lost > 0 && conflicts === 0 && isMoved(error)))
      ) {
        // The cursor may have been moved by our own commit, of which we were not told.
        conflicts++
        await sleep(Math.random() * 20 * 2 ** conflicts)
      } else throw error
    }
  }
}

function isMoved(error: unknown): boolean {
  return error instanceof MingleError && error.code === 'RUN_MOVED'
}

/** Whether the database is there, and another keeps it to itself. */
export function isLocked(error: unknown): boolean {
  return error instanceof MingleError && error.code === 'DATABASE_LOCKED'
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Whether the connection broke, seen from the error or from what caused it. */
export function isFault(backend: Pick<Backend, 'isLost'>, error: unknown): boolean {
  return causes(error).some((cause) => backend.isLost?.(cause))
}

/** An error, and what caused it, as far as that goes. */
function causes(error: unknown): Error[] {
  const found: Error[] = []
  for (let cause = error; cause instanceof Error && !found.includes(cause); cause = cause.cause) found.push(cause)
  return found
}

/** Where a driver says it in no code of Node's. */
const UNANSWERED = /ECONNREFUSED|ETIMEDOUT|getaddrinfo E|P1001|P1002|can't reach|does not answer/i

/** Whether a fault says that there is no server, rather than that one broke off: at the first contact a wrong URL, and not sat out. */
export function isUnanswered(error: unknown): boolean {
  return causes(error).some((cause) => {
    const { code = '', message } = cause as NodeJS.ErrnoException
    return isUnansweredCode(code) || UNANSWERED.test(`${code} ${message}`)
  })
}

/** A driver's message in one line, without Prisma's account of the call. */
export function plainWords(message: string): string {
  return message
    .replace(/^\s*Invalid `[^`]*` invocation[^:]*:\s*/, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
}
