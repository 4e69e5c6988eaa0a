import { setTimeout as sleep } from 'node:timers/promises'
import { taskTransactions } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'

/** Waits before work is done again whose database broke off: a server that restarts is back within half a minute. */
const WAITS_MS = [500, 1000, 2000, 5000, 10_000, 20_000]

/** What whoever works with a database knows of it. */
export interface Contact {
  /** Whether it has answered: one that never did is a wrong URL, and not waited for. */
  reached: boolean
}

/**
 * Does some work with the database of a run, and all of it again where the database broke off.
 *
 * @param advice what to do when it does not come back: the end of a sentence
 * @param contact told when it has answered; default: it has
 * @throws MingleError CONNECTION_LOST when it does not; DATABASE_LOCKED when it is there, and another keeps it
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  advice: string,
  contact: Contact = { reached: true },
): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      const result = await attempt()
      contact.reached = true
      return result
    } catch (error) {
      // What was waited for within is not waited for once more.
      if ((error as MingleError).code === 'CONNECTION_LOST') throw error
      const { isLost, isUnanswered } = await taskTransactions()
      if (!isLost(error) || (!contact.reached && isUnanswered(error))) throw error
      const wait = WAITS_MS[tried]
      if (wait === undefined && (error as MingleError).code === 'DATABASE_LOCKED') throw error
      if (wait === undefined) {
        const words = `the database of the run does not answer (${(error as Error).message}); ${advice} when it does`
        throw Object.assign(new MingleError('CONNECTION_LOST', words), { cause: error })
      }
      await sleep(wait)
    }
  }
}
