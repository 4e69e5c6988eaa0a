import { existsSync } from 'node:fs'
import type { ConfiguredParameters } from '../../persist/index.ts'
import type { RunSettings } from '../../run/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { configFile, type Flags, settings } from './flags.ts'

/** What the `mingle.config.*` of `--config`, or of this folder, says of the model; undefined where it says nothing. */
export async function configured(flags: Flags): Promise<ConfiguredParameters | undefined> {
  const named = configFile(flags)
  if (named === 'off') return undefined
  if (named !== undefined && !existsSync(named)) {
    throw new MingleError('BAD_INPUT', `there is no configuration ${named}; 'mingle init' writes one`)
  }
  const { findConfig, loadParameters } = await import('../../persist/index.ts')
  const file = named ?? findConfig(process.cwd())
  if (file === null) return undefined
  const found = await loadParameters(file)
  return found.preset === undefined && found.set === undefined ? undefined : found
}

/** The settings of a new run: those of the command line, and below them those of the site's configuration. */
export async function runSettings(flags: Flags, seed: string): Promise<RunSettings> {
  return { ...settings(flags, seed), configured: await configured(flags) }
}
