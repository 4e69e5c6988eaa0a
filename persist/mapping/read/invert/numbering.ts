import type { ColumnKind } from '../../../batch.ts'
import type { Space } from '../../config/sources.ts'
import type { KeyRule } from '../../plan/plan.ts'

/** Which number of the reference schema a key of the site's stands for, as an SQL expression over the key's. */
export interface Numbering {
  /**
   * @param kind what the key's column holds
   * @param value the expression of the key
   */
  number(rule: KeyRule, space: Space, kind: ColumnKind, value: string): string
  /** The number of a match whose row has a key made of its two people. @param lowFirst which of them comes first in it */
  match(rule: KeyRule, lowFirst: boolean, value: string): string
}
