import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SCHEMAS } from '../persist/mapping/site.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href

/**
 * Puts the mapping of the schema `snake` into a folder, as the site would have it beside its own code.
 * @param config where the configuration is to lie, from the folder
 */
export function mapFolder(folder: string, config: string): void {
  const file = join(folder, config)
  mkdirSync(join(dirname(file), 'site'), { recursive: true })
  const text = readFileSync(join(SCHEMAS, 'snake/mingle.config.ts'), 'utf8')
  writeFileSync(file, text.replace('../../../../persist/index.ts', library).replace("schema: '.'", "schema: './site'"))
  copyFileSync(join(SCHEMAS, 'snake/mingle.json'), join(dirname(file), 'site/mingle.json'))
}
