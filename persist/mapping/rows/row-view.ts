import type { ColumnValues } from '../../batch.ts'
import type { KeyRule, Plan } from '../plan/plan.ts'
import type { Answers } from './answers.ts'
import type { SourceRows } from './source-rows.ts'

/** Turns a number of a space into the key that the user's models have for it. */
export type KeyOf = (rule: KeyRule, id: number, second?: number) => string | number | null

/**
 * One object that shows a fact's rows one after another to functions: only what a function reads is made. It must not
 * be kept, since the next row is shown by the same object.
 */
export class RowView {
  /** Which row is shown. */
  at = 0
  readonly row: Record<string, unknown> = {}

  constructor(
    rows: SourceRows,
    { primary, pairKey, answers: form }: Pick<Plan, 'primary' | 'pairKey' | 'answers'>,
    keyOf: KeyOf,
    answers: Answers,
  ) {
    const { columns, pair } = rows.facts
    for (const [name, column] of Object.entries(columns)) {
      let values: ColumnValues | undefined
      const value = () => (values ??= rows.column(name))[this.at] as string | number | null
      const rule = column.space && primary.get(column.space)
      const person = (side: 0 | 1) => rows.column(pair![side])[this.at] as number
      const key = (id: number) => {
        if (rule) return keyOf(rule, id)
        if (column.space !== 'match' || !pairKey || !pair) return id
        return pairKey.reversed ? keyOf(pairKey.rule, person(1), person(0)) : keyOf(pairKey.rule, person(0), person(1))
      }
      const get = () => {
        if (name === 'picks') return answers.picks(value() as string)
        const shownAs =
          name === 'answers' && rows.source === 'quiz_answer' ? answers.spelled(value() as string, form) : value()
        return shown(shownAs, column.kind, key)
      }
      Object.defineProperty(this.row, name, { get, enumerable: true })
    }
  }
}

function shown(value: string | number | null, kind: string, key: (id: number) => unknown): unknown {
  if (value === null || Number.isNaN(value)) return null
  if (kind === 'id') return key(value as number)
  if (kind === 'time' || kind === 'date') return new Date(value)
  return kind === 'json' ? JSON.parse(value as string) : value
}
