import { accountsOf, type Block } from '../../persist/index.ts'

/** Rows and content digest of some blocks of one table. */
export function sumOf(blocks: readonly Block[]): { readonly rows: number; readonly hex: string } {
  const { rows, contentDigest } = accountsOf(blocks)[blocks[0]!.table]!
  return { rows, hex: contentDigest }
}
