import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { ownPackage, whyNotLoaded } from '../../installation/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { checkPlan } from './check/checks.ts'
import type { MingleConfig, SiteConfig } from './config/config.ts'
import { prismaMajor } from './metadata/prisma-version.ts'
import { readMetadata } from './metadata/read-metadata.ts'
import type { Plan } from './plan/plan.ts'
import { planMapping } from './plan/planner.ts'

const CONTENT = ['words', 'quizzes', 'taxonomy', 'personas']

/** A configuration with what it means on its schema. */
export interface LoadedMapping {
  /** The configuration's file. */
  readonly file: string
  readonly config: MingleConfig
  readonly plan: Plan
}

/** A configuration, and its mapping where it has one. */
export interface LoadedConfig {
  readonly file: string
  readonly config: SiteConfig
  readonly plan: Plan | null
}

/**
 * Reads `mingle.config.*`, with or without a mapping.
 * @throws MingleError BAD_INPUT when the file is missing or no configuration
 */
export async function loadSiteConfig(file: string): Promise<LoadedConfig> {
  const { path, config } = await readConfig(file)
  const { schema, map, jobs, preset, set, content, extension } = (config ?? {}) as Partial<MingleConfig>
  checkFiles(file, { content, extension })
  const says = [jobs, preset, set, content, extension].some((part) => part !== undefined)
  if (schema !== undefined || map !== undefined || !says) return loadMapping(file)
  if (jobs !== undefined && (typeof jobs !== 'object' || jobs === null)) throw noMapping(file)
  return { file: path, config: config!, plan: null }
}

/** What a configuration says that holds without a mapping too: of the model, and of what people are made of. */
export interface ConfiguredParameters {
  /** The configuration's file. */
  readonly file: string
  /** A preset's name, or the whole path of its file. */
  readonly preset?: string
  readonly set?: Readonly<Record<string, number>>
  /** Files as they are named, from the configuration's folder. */
  readonly content?: SiteConfig['content']
  readonly extension?: string
  /** The database it names. */
  readonly database?: string
  /** Whether it maps facts to models of the site's own. */
  readonly maps: boolean
}

/**
 * Reads what `mingle.config.*` says of the model, whatever else it says: a mapping may be none that works.
 * @throws MingleError BAD_INPUT when the file is missing, or says something else there
 */
export async function loadParameters(file: string): Promise<ConfiguredParameters> {
  const { path, config } = await readConfig(file)
  const { preset, set, content, extension, database, map } = (config ?? {}) as Partial<MingleConfig>
  checkFiles(file, { content, extension })
  if (preset !== undefined && typeof preset !== 'string') {
    throw badInput(`${file}: preset is the name of one or a file, got ${JSON.stringify(preset)}`)
  }
  if (set !== undefined && (typeof set !== 'object' || set === null || Array.isArray(set))) {
    throw badInput(`${file}: set is an object such as { 'policy.like.nearKm': 30 }, got ${JSON.stringify(set)}`)
  }
  for (const [name, value] of Object.entries(set ?? {})) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw badInput(`${file}: set has ${name} as ${JSON.stringify(value)}; give a number`)
    }
  }
  const beside = preset === undefined ? undefined : resolve(dirname(path), preset)
  return {
    file: path,
    ...(preset !== undefined && { preset: existsSync(beside!) ? beside! : preset }),
    ...(set !== undefined && { set }),
    ...(content !== undefined && { content }),
    ...(extension !== undefined && { extension }),
    ...(typeof database === 'string' && { database }),
    maps: map !== undefined,
  }
}

/** Up to version 6, Prisma's own engine keeps SQLite's times as integers. A project without Prisma has version 7 or its own ways. */
function usualTimes(config: string): 'integer' | 'text' {
  return (prismaMajor(config) ?? 7) < 7 ? 'integer' : 'text'
}

/**
 * Reads `mingle.config.*` and the metadata that it names, and plans the mapping. Problems are in `plan.problems`.
 * @throws MingleError BAD_INPUT when a file is missing or no configuration
 */
export async function loadMapping(file: string): Promise<LoadedMapping> {
  const { path, config } = await readConfig(file)
  if (!config || typeof config.schema !== 'string' || typeof config.map !== 'object') throw noMapping(file)
  const metadata = readMetadata(resolve(dirname(path), config.schema))
  if (config.times !== undefined && config.times !== 'integer' && config.times !== 'text') {
    throw badInput(`${file}: times is 'integer' or 'text', got ${JSON.stringify(config.times)}`)
  }
  const plan = planMapping(config, metadata, usualTimes(path))
  return { file: path, config, plan: { ...plan, problems: [...plan.problems, ...checkPlan(plan)] } }
}

async function readConfig(file: string): Promise<{ path: string; config: MingleConfig | null }> {
  const path = resolve(file)
  if (!existsSync(path)) throw badInput(`there is no configuration ${file}; 'mingle init' writes one`)
  const { loadConfig } = await import('c12')
  try {
    const { config } = await loadConfig<MingleConfig>({
      cwd: dirname(path),
      configFile: basename(path),
      rcFile: false,
      globalRc: false,
      packageJson: false,
      jitiOptions: { alias: ownPackage(path) },
    })
    return { path, config }
  } catch (error) {
    throw Object.assign(badInput(`configuration ${file} cannot be loaded: ${whyNotLoaded(error)}`), { cause: error })
  }
}

/** @throws MingleError BAD_INPUT naming what of it is none */
function checkFiles(file: string, { content, extension }: Readonly<Record<'content' | 'extension', unknown>>): void {
  if (extension !== undefined && (typeof extension !== 'string' || extension === '')) {
    throw badInput(`${file}: extension is ${JSON.stringify(extension)}; expected a file, from this folder`)
  }
  if (content === undefined) return
  if (typeof content !== 'object' || content === null) {
    throw badInput(`${file}: content is ${JSON.stringify(content)}; expected { words: './words.json', … }`)
  }
  for (const [name, value] of Object.entries(content)) {
    if (!CONTENT.includes(name)) throw badInput(`${file}: content has '${name}'; expected ${CONTENT.join(', ')}`)
    if (typeof value !== 'string' || value === '') {
      throw badInput(`${file}: content.${name} is ${JSON.stringify(value)}; expected a file, from this folder`)
    }
  }
}

function noMapping(file: string): Error {
  return badInput(`${file} is no mapping: it needs 'export default defineConfig({ schema: '…', map: { … } })'`)
}
