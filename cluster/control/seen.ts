import { isPostgres, openObjects, taskTransactions } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { persistently } from './persistently.ts'

/** What every folder and bucket has that a run is written into. */
const LEDGER_KEY = 'manifest.json'

/** This machine does not see a place; others may, so that what is to be done there is theirs. */
export function notHere(message: string): MingleError {
  return new MingleError('NOT_HERE', message)
}

/**
 * What a place answers.
 * @throws MingleError NOT_HERE when it refuses this machine: rights and passwords are a machine's own
 */
export async function fromHere<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    const { code, message } = error as MingleError
    throw code === 'BAD_INPUT' ? Object.assign(notHere(message), { cause: error }) : error
  }
}

/** Whether the place of a run's rows is the one that it is called: some run is, or was, in its ledger. */
export async function hasLedger(output: string): Promise<boolean> {
  return fromHere(async () => {
    if (isPostgres(output)) {
      const transactions = await taskTransactions()
      return persistently(() => transactions.hasLedger(output), 'carry out the task again')
    }
    const objects = await openObjects(output)
    try {
      return (await objects.get(LEDGER_KEY)) !== null
    } finally {
      await objects.close()
    }
  })
}
