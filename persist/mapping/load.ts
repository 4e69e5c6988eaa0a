import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { badInput } from '../../sim/kernel/index.ts'
import { checkPlan } from './checks.ts'
import type { MingleConfig } from './config.ts'
import { METADATA_VERSION, type Metadata } from './metadata.ts'
import type { Plan } from './plan.ts'
import { planMapping } from './planner.ts'

export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `mingle.config.${ending}`)
export const METADATA_FILE = 'mingle.json'
/** Beside it: the models' names and types, for the editor. */
export const TYPES_FILE = 'mingle.d.ts'

/** A configuration with what it means on its schema. */
export interface LoadedMapping {
  /** The configuration's file. */
  readonly file: string
  readonly config: MingleConfig
  readonly plan: Plan
}

/** The configuration in a folder; null when it has none. Cheap: it looks for the file, and loads nothing. */
export function findConfig(folder: string): string | null {
  const name = CONFIG_FILES.find((candidate) => existsSync(join(folder, candidate)))
  return name === undefined ? null : join(folder, name)
}

/**
 * Reads `mingle.config.*` and the metadata that it names, and plans the mapping. Problems are in `plan.problems`.
 * @throws MingleError BAD_INPUT when a file is missing or no configuration
 */
export async function loadMapping(file: string): Promise<LoadedMapping> {
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
  if (!config || typeof config.schema !== 'string' || typeof config.map !== 'object') {
    throw badInput(`${file} is no mapping: it needs 'export default defineConfig({ schema: '…', map: { … } })'`)
  }
  const metadata = readMetadata(resolve(dirname(path), config.schema))
  const plan = planMapping(config, metadata)
  return { file: path, config, plan: { ...plan, problems: [...plan.problems, ...checkPlan(plan)] } }
}

/** @param folder where `prisma generate` put it, or the file itself */
export function readMetadata(folder: string): Metadata {
  const file = folder.endsWith('.json') ? folder : join(folder, METADATA_FILE)
  if (!existsSync(file)) {
    throw badInput(
      `there is no ${file}: put 'generator mingle { provider = "mingle" }' into the Prisma schema and run 'npx prisma generate'`,
    )
  }
  const metadata = JSON.parse(readFileSync(file, 'utf8')) as Metadata
  if (metadata.version !== METADATA_VERSION) {
    throw badInput(`${file} was made by another version of Mingle; run 'npx prisma generate' again`)
  }
  return metadata
}
