import { dirname, relative, resolve } from 'node:path'
import type { RunSettings } from '../../run/index.ts'
import { siteParameters } from '../mapping.ts'
import { configFile, type Flags } from './flags.ts'

/**
 * The settings with the content that the folder's `mingle.config.*` names, where the command line names none.
 * @throws MingleError BAD_INPUT when that configuration is none
 */
export async function withOwnContent(flags: Flags, settings: RunSettings): Promise<RunSettings> {
  const found = await siteParameters(configFile(flags))
  if (found === null) return settings
  const { file, content = {} } = found
  const at = (path: string) => relative(process.cwd(), resolve(dirname(file), path))
  // A name without a dot or a slash is that of a set which comes with Mingle.
  const personas = content.personas && /[./\\]/.test(content.personas) ? at(content.personas) : content.personas
  return {
    ...settings,
    words: settings.words ?? (content.words && at(content.words)),
    quizzes: settings.quizzes ?? (content.quizzes && at(content.quizzes)),
    taxonomy: settings.taxonomy ?? (content.taxonomy && at(content.taxonomy)),
    personas: settings.personas ?? personas,
  }
}
