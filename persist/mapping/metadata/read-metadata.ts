import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { badInput } from '../../../sim/kernel/index.ts'
import { METADATA_VERSION, type Metadata } from './metadata.ts'

export const METADATA_FILE = 'mingle.json'
/** Beside it: the models' names and types, for the editor. */
export const TYPES_FILE = 'mingle.d.ts'

/** What the user's Prisma schema says so that the metadata is kept up to date: Prisma wants it in three lines. */
export const GENERATOR = 'generator mingle {\n  provider = "mingle"\n}\n'

/**
 * @param folder where `prisma generate` put it, or the file itself
 * @throws MingleError BAD_INPUT where there is none, or it is damaged, or of another version
 */
export function readMetadata(folder: string): Metadata {
  const file = folder.endsWith('.json') ? folder : join(folder, METADATA_FILE)
  if (!existsSync(file)) {
    const message = `there is no ${file}: put these lines into the Prisma schema and run 'npx prisma generate':\n${GENERATOR}`
    throw Object.assign(badInput(message), { asLines: true })
  }
  const metadata = parsed(file)
  if (metadata.version !== METADATA_VERSION) {
    throw badInput(
      `${file} was made by another version of Mingle (metadata ${JSON.stringify(metadata.version)}, expected ${METADATA_VERSION}); run 'npx prisma generate' again`,
    )
  }
  return metadata
}

function parsed(file: string): Metadata {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8'))) as Metadata
  } catch (error) {
    throw badInput(
      `${file}, which 'npx prisma generate' writes, cannot be read (${(error as Error).message}); run it again`,
    )
  }
}
