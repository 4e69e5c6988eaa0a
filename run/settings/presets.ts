import { existsSync, readFileSync, statSync } from 'node:fs'
import { ENGINE_VERSION, PRESETS, type Preset, parsePreset } from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'

/**
 * A preset by its name, or from a file.
 *
 * @param nameOrFile `null`, or `./shy.json`: whatever is no name of a preset that comes with Mingle is a path
 * @throws MingleError BAD_INPUT when there is neither, or the file is no preset
 */
export function presetNamed(nameOrFile: string): Preset {
  const known = PRESETS.find(({ name }) => name === nameOrFile)
  if (known !== undefined) return known
  if (!existsSync(nameOrFile) || !statSync(nameOrFile).isFile()) {
    const names = PRESETS.map(({ name }) => name).join(', ')
    throw badInput(`There is no preset '${nameOrFile}', by name (${names}) or as a file; give one of them, or a path.`)
  }
  return parsePreset(readFileSync(nameOrFile, 'utf8'), nameOrFile, ENGINE_VERSION)
}
