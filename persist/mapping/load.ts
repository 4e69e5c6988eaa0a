import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { badInput } from '../../sim/kernel/index.ts'
import { checkPlan } from './check/checks.ts'
import type { MingleConfig, SiteConfig } from './config/config.ts'
import { prismaMajor } from './metadata/prisma-version.ts'
import { readMetadata } from './metadata/read-metadata.ts'
import type { Plan } from './plan/plan.ts'
import { planMapping } from './plan/planner.ts'

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
  const { schema, map, jobs } = (config ?? {}) as Partial<MingleConfig>
  if (schema !== undefined || map !== undefined || jobs === undefined) return loadMapping(file)
  if (typeof jobs !== 'object' || jobs === null) throw noMapping(file)
  return { file: path, config: config!, plan: null }
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
  const { config } = await loadConfig<MingleConfig>({
    cwd: dirname(path),
    configFile: basename(path),
    rcFile: false,
    globalRc: false,
    packageJson: false,
  })
  return { path, config }
}

function noMapping(file: string): Error {
  return badInput(`${file} is no mapping: it needs 'export default defineConfig({ schema: '…', map: { … } })'`)
}
