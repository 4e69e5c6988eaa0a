import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { badInput } from '../../sim/kernel/index.ts'
import { checkPlan } from './check/checks.ts'
import type { MingleConfig } from './config/config.ts'
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
