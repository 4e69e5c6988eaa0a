import { existsSync } from 'node:fs'
import type { JobHooks, Plan } from '../persist/index.ts'
import { DEFAULT_URL } from '../run/advice/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { keepSecret } from './failure.ts'

/** A database and, where the folder has a `mingle.config.*`, the mapping onto its schema. */
export interface MappedDatabase {
  readonly url: string
  readonly mapping?: Plan
  /** The user's own jobs. */
  readonly hooks?: JobHooks
}

/**
 * @param url as the command line and the environment have it; the configuration's own counts where they have none
 * @param config `--config`: a file, `off`, or undefined for the one in this folder, if there is one
 */
export async function mappedDatabase(url: string, config: string | undefined): Promise<MappedDatabase> {
  if (config === 'off') return { url }
  if (config !== undefined && !existsSync(config)) {
    throw new MingleError('BAD_INPUT', `there is no configuration ${config}; 'mingle init' writes one`)
  }
  const { findConfig, loadSiteConfig } = await import('../persist/index.ts')
  const file = config ?? findConfig(process.cwd())
  if (file === null) return { url }
  const loaded = await loadSiteConfig(file)
  const { database, jobs } = loaded.config
  if (database !== undefined) keepSecret(database)
  return {
    url: url === DEFAULT_URL ? (database ?? url) : url,
    ...(loaded.plan && { mapping: loaded.plan }),
    ...(jobs && { hooks: jobs }),
  }
}

/**
 * Carries out what reads the tables of the reference schema, and says what it means where these are not there although
 * the ledger is: the runs were written through a mapping.
 */
export async function readsReference<T>({ url, mapping }: MappedDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { lacksTables, redactUrl } = await import('../persist/index.ts')
    if (mapping || !lacksTables(error)) throw error
    throw new MingleError(
      'BAD_INPUT',
      `${redactUrl(url)} has Mingle's ledger, but not its tables: its runs were written through a mapping. Call this ` +
        'in the folder of that mingle.config.ts, or name it with --config',
    )
  }
}
