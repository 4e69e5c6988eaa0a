import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../installation/index.ts'
import { METADATA_FILE, TYPES_FILE } from '../mapping/index.ts'
import { type Dmmf, metadataOf } from './from-dmmf.ts'
import { typesOf } from './types.ts'

/** Answers `prisma generate` until it ends the conversation. */
export async function serveGenerator(): Promise<void> {
  const { default: helper } = await import('@prisma/generator-helper')
  helper.generatorHandler({
    onManifest: () => ({ prettyName: "Mingle's metadata", defaultOutput: './mingle' }),
    onGenerate: async ({ dmmf, generator, datasources, datamodel }) => {
      const folder = generator.output?.value
      if (!folder) throw new Error('generator mingle has no output folder')
      writeMetadata(folder, dmmf as unknown as Dmmf, datasources[0]?.activeProvider ?? 'postgresql', datamodel)
    },
  })
}

/** Writes what `mingle.config.ts` needs: `mingle.json` for planning, `mingle.d.ts` for the editor. */
function writeMetadata(folder: string, dmmf: Dmmf, provider: string, text?: string): void {
  const metadata = metadataOf(dmmf, provider, text)
  makeFolder(folder)
  writeIfChanged(join(folder, METADATA_FILE), `${JSON.stringify(metadata, null, 1)}\n`)
  writeIfChanged(join(folder, TYPES_FILE), typesOf(metadata))
}

function writeIfChanged(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) return
  } catch {
    // It is not there yet.
  }
  writeFileSync(file, text)
}
