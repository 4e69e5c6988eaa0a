import { openStore, type RunRecord, type RunStore } from '../persist/index.ts'
import { configOf, digestsOf, extensionOf, type LoadedExtension, plannedDays } from '../run/index.ts'
import type { Ledger } from '../studio/index.ts'
import { mappedDatabase } from './mapping.ts'
import { configFile, databaseUrl, extensionFile, type Flags } from './options/flags.ts'
import { chosenExtension } from './session.ts'

/**
 * A store's ledger for the studio: reading alone, one call after the other, because a store takes no two at once.
 * @param extension the one named, for a run that lives by one; undefined: the file that the ledger names; null: none
 */
export function ledgerOf(store: RunStore, extension?: LoadedExtension | null): Ledger {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
  return {
    url: store.url,
    listRuns: () => inTurn(() => store.listRuns()),
    findRun: (seed) => inTurn(() => store.findRun(seed)),
    days: (runId, fromDay) => inTurn(() => store.days(runId, fromDay)),
    rows: (runId) => inTurn(() => store.rows(runId)),
    configOf: (run) => configOf(run as RunRecord),
    plannedDays: (run) => plannedDays(run as RunRecord),
    digestsOf: (run, days) => digestsOf(configOf(run as RunRecord), days),
    extensionOf: async (run) => (await extensionOf(run as RunRecord, extension))?.extension,
  }
}

/** The ledger that a command's options name, and its store, which is closed after the work. */
export async function withLedger<T>(flags: Flags, work: (ledger: Ledger, store: RunStore) => Promise<T>): Promise<T> {
  const { url, ...mapped } = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const extension = await chosenExtension(extensionFile(flags))
  const store = await openStore(url, { create: false, ...mapped })
  try {
    return await work(ledgerOf(store, extension), store)
  } finally {
    await store.close()
  }
}
