import type { Account } from '../ledger/account.ts'
import { RowSum } from '../rows/row-sum.ts'
import type { Block } from './block.ts'

/** Rows and content digests by table, from the blocks' parts; the same however the rows were split. */
export function accountsOf(blocks: readonly Pick<Block, 'table' | 'rows' | 'digest'>[]): Record<string, Account> {
  const sums = new Map<string, RowSum>()
  for (const { table, rows, digest } of blocks) {
    const sum = sums.get(table) ?? new RowSum()
    sum.addSum({ words: digest, rows })
    sums.set(table, sum)
  }
  return Object.fromEntries([...sums].map(([table, { rows, hex }]) => [table, { rows, contentDigest: hex }]))
}
