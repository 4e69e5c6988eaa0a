import { openStore, type StoreOptions } from '../../persist/index.ts'
import { startRun } from '../../run/run.ts'
import { resolveConfig } from '../../sim/index.ts'
import { cpuNs } from '../record.ts'

export interface Written {
  readonly rows: Readonly<Record<string, number>>
  readonly total: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly digest: string
}

/** A whole run into a database, as `mingle run` does it: people, days, simulation and commits counted. */
export async function writeRun(
  url: string,
  people: number,
  days: number,
  workers: number,
  options: StoreOptions = {},
): Promise<Written> {
  const store = await openStore(url, options)
  const start = performance.now()
  const before = cpuNs()
  try {
    const { rows, digest } = await startRun(store, resolveConfig({ seed: 'bench', count: people }), days, { workers })
    const seconds = (performance.now() - start) / 1000
    const cpuSeconds = (cpuNs() - before) / 1e9
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    return { rows, total, seconds, cpuSeconds, digest: digest ?? '' }
  } finally {
    await store.close()
  }
}
