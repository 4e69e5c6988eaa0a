import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownPackage, whyNotLoaded } from '../../installation/index.ts'
import type { EventExtension } from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'

/** An extension with where it came from, so that each worker can load it for itself. */
export interface LoadedExtension {
  /** The file as it was named. */
  readonly file: string
  readonly extension: EventExtension
}

/**
 * Loads the extension that a file exports: as its default, or as the only one of its exports that is one. TypeScript is
 * taken as it is.
 * @throws MingleError BAD_INPUT when there is no such file, it cannot be loaded, or it exports none
 */
export async function loadExtension(file: string): Promise<LoadedExtension> {
  const path = resolve(file)
  if (!existsSync(path)) throw badInput(`there is no extension ${file}: expected a JavaScript or TypeScript file`)
  let exported: Record<string, unknown>
  try {
    exported = await moduleAt(path)
  } catch (error) {
    throw Object.assign(badInput(`extension ${file} cannot be loaded: ${whyNotLoaded(error)}`), { cause: error })
  }
  const found = isExtension(exported.default) ? [exported.default] : Object.values(exported).filter(isExtension)
  if (found.length === 1) return { file, extension: found[0]! }
  throw badInput(
    `${file} exports ${found.length === 0 ? 'no extension' : `${found.length} extensions`}: expected one, as its default, ` +
      'with a name and attach (docs/extending.md)',
  )
}

/** Node takes JavaScript by itself, which is quicker; others are compiled on the way, and what imports a package that the project lacks. */
async function moduleAt(path: string): Promise<Record<string, unknown>> {
  if (/\.[mc]?js$/.test(path)) {
    try {
      return await import(pathToFileURL(path).href)
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== 'ERR_MODULE_NOT_FOUND') throw error
    }
  }
  const { createJiti } = await import('jiti')
  return createJiti(path, { alias: ownPackage(path) }).import(path)
}

function isExtension(value: unknown): value is EventExtension {
  if (typeof value !== 'object' || value === null) return false
  const { name, attach } = value as Partial<EventExtension>
  return typeof name === 'string' && name !== '' && typeof attach === 'function'
}
