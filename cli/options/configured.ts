import type { ConfiguredParameters } from '../../persist/index.ts'
import type { RunSettings } from '../../run/index.ts'
import { siteParameters } from '../mapping.ts'
import { configFile, type Flags, settings } from './flags.ts'

/** What the `mingle.config.*` of `--config`, or of this folder, says of the model; undefined where it says nothing. */
export async function configured(flags: Flags): Promise<ConfiguredParameters | undefined> {
  const found = await siteParameters(configFile(flags))
  return found?.preset === undefined && found?.set === undefined ? undefined : found
}

/** The settings of a new run: those of the command line, and below them those of the site's configuration. */
export async function runSettings(flags: Flags, seed: string): Promise<RunSettings> {
  return { ...settings(flags, seed), configured: await configured(flags) }
}
