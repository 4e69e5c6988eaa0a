import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { ConfiguredParameters, JobHooks, LoadedConfig, Plan } from '../persist/index.ts'
import { DEFAULT_URL } from '../run/advice/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { keepSecret } from './failure.ts'

/** A database and, where the folder has a `mingle.config.*`, the mapping onto its schema. */
export interface MappedDatabase {
  readonly url: string
  readonly mapping?: Plan
  /** The user's own jobs. */
  readonly hooks?: JobHooks
  /** File of the extension that new runs live by. */
  readonly extension?: string
}

/**
 * @param url as the command line and the environment have it; the configuration's own counts where they have none
 * @param config `--config`: a file, `off`, or undefined for the one in this folder, if there is one
 */
export async function mappedDatabase(url: string, config: string | undefined): Promise<MappedDatabase> {
  if (config === 'off') return { url }
  const loaded = await siteConfig(config)
  return loaded ? databaseOf(loaded, url) : { url }
}

/** The configuration of this folder, or the one that was named; null where there is none. */
async function siteConfig(config: string | undefined): Promise<LoadedConfig | null> {
  const { findConfig, loadSiteConfig } = await import('../persist/index.ts')
  const file = config === undefined ? findConfig(process.cwd()) : named(config)
  return file === null ? null : loadSiteConfig(file)
}

/**
 * What a configuration says that holds without its mapping.
 * @param config as of `mappedDatabase`
 * @returns null where there is none
 * @throws MingleError BAD_INPUT when that configuration is none
 */
export async function siteParameters(config: string | undefined): Promise<ConfiguredParameters | null> {
  if (config === 'off') return null
  const { findConfig, loadParameters } = await import('../persist/index.ts')
  const file = config === undefined ? findConfig(process.cwd()) : named(config)
  return file === null ? null : loadParameters(file)
}

/**
 * The file that `--config` names.
 * @throws MingleError BAD_INPUT when it is not there
 */
function named(config: string): string {
  if (existsSync(config)) return config
  throw new MingleError('BAD_INPUT', `there is no configuration ${config}; 'mingle init' writes one`)
}

/** What a configuration says that holds without a database too; its mapping, which need not work, does not. */
export async function withoutDatabase(url: string, config: string | undefined): Promise<MappedDatabase> {
  const extension = await configuredExtension(config)
  return { url, ...(extension && { extension }) }
}

/** The file of the extension that a configuration names, from the current folder. */
export async function configuredExtension(config: string | undefined): Promise<string | undefined> {
  const found = await siteParameters(config)
  if (found === null) return undefined
  const { file, extension } = found
  return extensionBeside({ file, config: { ...(extension !== undefined && { extension }) } })
}

/** The extension's file, from the current folder. */
export function extensionBeside({
  file,
  config: { extension },
}: Pick<LoadedConfig, 'file' | 'config'>): string | undefined {
  return extension === undefined ? undefined : relative(process.cwd(), resolve(dirname(file), extension))
}

/**
 * The mapping as one that knows which of the facts it names are made by the configuration's extension, though a run may live
 * without it.
 * @throws MingleError BAD_INPUT when the extension cannot be loaded
 */
export async function withFactsElsewhere(plan: Plan, extension: string | undefined): Promise<Plan> {
  const { namesOthers, withOwnFacts } = await import('../persist/index.ts')
  if (extension === undefined || !namesOthers(plan)) return plan
  const { facts = [] } = (await (await import('../run/index.ts')).loadExtension(extension)).extension
  return withOwnFacts(
    plan,
    plan.own,
    facts.map(({ kind }) => kind),
  )
}

async function databaseOf(loaded: LoadedConfig, url: string): Promise<MappedDatabase> {
  const { database, jobs } = loaded.config
  const extension = extensionBeside(loaded)
  if (database !== undefined) keepSecret(database)
  const usual = url === DEFAULT_URL ? (database ?? url) : url
  // What only reads does not want the extension; a run that is to live by it says what is wrong with it.
  const { plan } = loaded
  const mapping = plan && (await withFactsElsewhere(plan, extension).catch(() => plan))
  return {
    url: mapping ? await sitesUrl(url, database, dirname(loaded.file)) : usual,
    ...(mapping && { mapping }),
    ...(jobs && { hooks: jobs }),
    ...(extension && { extension }),
  }
}

/** Of a site's own database: what was said here, then the configuration, then whatever its Prisma goes by. */
async function sitesUrl(url: string, configured: string | undefined, project: string): Promise<string> {
  const { inPlace, siteUrl } = await import('../persist/index.ts')
  if (url !== DEFAULT_URL) return url === process.env.DATABASE_URL ? inPlace(url, project) : url
  if (configured !== undefined || existsSync(DEFAULT_URL.slice('file:'.length))) return configured ?? url
  const found = siteUrl(project, process.env)
  keepSecret(found)
  return found
}

/**
 * The same for what reads the ledger alone, which a mapping that cannot work does not hinder: it is left out, and that is said
 * on stderr.
 */
export async function ledgersDatabase(url: string, config: string | undefined): Promise<MappedDatabase> {
  const note = (why: string) => console.error(`mingle: ${why}; 'mingle check' says more`)
  if (config === 'off' || (config !== undefined && !existsSync(config))) return mappedDatabase(url, config)
  const loaded = await siteConfig(config).catch((error: Error) => error)
  if (loaded instanceof Error) {
    note(`the configuration cannot be read (${loaded.message.split('\n')[0]!.trim()})`)
    return { url }
  }
  if (loaded === null) return { url }
  const found = await databaseOf(loaded, url)
  const { mapping } = found
  const { inLedgersSchema, parseDatabaseUrl, refuseProblems } = await import('../persist/index.ts')
  if (!mapping || works(() => refuseProblems(mapping))) return found
  note('the mapping cannot work as it stands')
  const place = inLedgersSchema(parseDatabaseUrl(found.url), mapping.metadata)
  return { url: place.kind === 'postgresql' ? place.url : found.url }
}

function works(tried: () => void): boolean {
  try {
    tried()
    return true
  } catch {
    return false
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
