import type { Block, Encoding } from '../blocks/block.ts'
import { quoted } from '../identifiers.ts'
import { DAY_TABLES } from '../rows/placement.ts'
import { TABLES } from '../rows/tables.ts'
import { binaryForms, type Form } from './copy-binary.ts'
import type { TableFacts } from './table-facts.ts'

/**
 * How days are made into tuples of COPY; null where a column's type is one that only the text format can carry.
 * @param factsOf by the table's name as SQL spells it
 */
export async function copyEncoding(factsOf: (table: string) => Promise<TableFacts>): Promise<Encoding | null> {
  const copyForms: Record<string, readonly Form[]> = {}
  const references: Record<string, readonly string[]> = {}
  for (const table of DAY_TABLES) {
    const { types, foreignKeys } = await factsOf(quoted(table))
    const forms = binaryForms(TABLES[table].columns, types)
    if (!forms) return null
    copyForms[table] = forms
    references[table] = foreignKeys.map(({ column }) => column)
  }
  return { form: 'copy', copyForms, references }
}

export function tuplesOf({ data }: Block): Uint8Array {
  if (data.form !== 'bytes') throw new Error(`a block of form ${data.form} is none that COPY takes`)
  return data.bytes
}
