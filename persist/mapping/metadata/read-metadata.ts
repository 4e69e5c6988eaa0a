import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { badInput } from '../../../sim/kernel/index.ts'
import { METADATA_VERSION, type Metadata } from './metadata.ts'

export const METADATA_FILE = 'mingle.json'
/** Beside it: the models' names and types, for the editor. */
export const TYPES_FILE = 'mingle.d.ts'

/** What the user's Prisma schema says so that the metadata is kept up to date: Prisma wants it in three lines. */
export const GENERATOR = 'generator mingle {\n  provider = "mingle"\n}\n'

/** @param folder where `prisma generate` put it, or the file itself */
export function readMetadata(folder: string): Metadata {
  const file = folder.endsWith('.json') ? folder : join(folder, METADATA_FILE)
  if (!existsSync(file)) {
    const message = `there is no ${file}: put these lines into the Prisma schema and run 'npx prisma generate':\n${GENERATOR}`
    throw Object.assign(badInput(message), { asLines: true })
  }
  const metadata = JSON.parse(readFileSync(file, 'utf8')) as Metadata
  if (metadata.version !== METADATA_VERSION) {
    throw badInput(`${file} was made by another version of Mingle; run 'npx prisma generate' again`)
  }
  return metadata
}
