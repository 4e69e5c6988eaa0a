import { LEDGER } from '../../ledger/tables.ts'
import { type Provider, schemaText } from '../../migrate/folder.ts'
import { SEED_JOBS } from '../../rows/derived.ts'
import type { DatabaseUrl } from '../../url.ts'
import type { Metadata } from './metadata.ts'

const ALL = [...Object.values(LEDGER), SEED_JOBS]

/**
 * The ledger's models as Prisma text, for a user's schema.
 * @param schema `@@schema` of the models, where the schema has several
 * @param tables those wanted
 */
export function ledgerModels(
  provider: Provider,
  schema: string | null = null,
  tables: readonly { readonly table: string }[] = ALL,
): string {
  const text = schemaText(provider)
  const models = tables.map(({ table }) => {
    const block = text
      .split(/\n(?=(?:\/\/\/[^\n]*\n)*model )/)
      .map((part) => /(?:^\/\/\/[^\n]*\n)*^model [\s\S]*?^}/m.exec(part)?.[0] ?? '')
      .find((part) => part.includes(`@@map("${table}")`))
    if (!block) throw new Error(`the reference schema has no model of ${table}`)
    return schema === null ? block : block.replace(/\n}$/, `\n  @@schema("${schema}")\n}`)
  })
  const head =
    "// The ledger of Mingle's runs: what was written, and by which run. Added by 'mingle init'; Mingle alone writes it."
  return `${head}\n\n${models.join('\n\n')}\n`
}

/**
 * The URL with which the ledger is found by its tables' plain names. A site's schema says where they are, if it has
 * several; 'mingle init' puts them into `public`, or into the first where that is none of the site's.
 */
export function inLedgersSchema(url: DatabaseUrl, { models }: Metadata): DatabaseUrl {
  const schema = models.find(({ table }) => table === LEDGER.seed_runs.table)?.schema
  if (url.kind !== 'postgresql' || !schema) return url
  const there = new URL(url.url)
  there.searchParams.set('schema', schema)
  return { ...url, url: there.href }
}
