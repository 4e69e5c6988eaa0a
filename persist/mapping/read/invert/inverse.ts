import type { SourceColumn, SourceName, Space } from '../../config/sources.ts'
import type { KeyRule, Plan, PlannedColumn, PlannedTarget } from '../../plan/plan.ts'
import { type Resolved, wordOf } from '../../rows/translate.ts'
import { valuesOf } from '../../rows/values.ts'
import { quoted } from '../../sql/sql.ts'
import type { Numbering } from './numbering.ts'
import { type Probed, probe } from './probe.ts'
import type { Staging } from './staging.ts'

/** How a staged row, called `s`, tells a column of the fact that it was made of. */
export interface Inverse {
  /** The SQL expression; asked for only where it is used, since it may need a table of keys. */
  readonly sql: () => string
  /** False where the model's column keeps less than the fact has: a text that was cut, a time without milliseconds. */
  readonly exact: boolean
}

type Words = readonly (readonly [stored: string | number | null, word: string | number])[]

/** Turns columns of the user's models back into columns of facts, as far as these can be told from them. */
export class Inverter {
  readonly #plan: Plan
  readonly #resolved: Resolved
  readonly #numbering: Numbering
  readonly #staging: Staging

  /** @param numbering which rows keys are told to be */
  constructor(plan: Plan, resolved: Resolved, numbering: Numbering, staging: Staging) {
    this.#plan = plan
    this.#resolved = resolved
    this.#numbering = numbering
    this.#staging = staging
  }

  /** The columns of the fact that a target's rows tell. */
  columns(target: PlannedTarget): Map<string, Inverse> {
    const found = new Map<string, Inverse>()
    for (const column of target.all) {
      if (!(column.field.column in target.full.columns)) continue
      const told = this.#told(target, column)
      if (told && found.get(told.column)?.exact !== true) found.set(told.column, told.inverse)
    }
    for (const [name, value] of Object.entries(target.target.options.where ?? {})) {
      if (!Array.isArray(value)) found.set(name, this.#words([[1, value as string | number]], '1')!)
    }
    this.#derive(target.source as SourceName, found)
    return found
  }

  #told(target: PlannedTarget, column: PlannedColumn): { column: string; inverse: Inverse } | null {
    const { producer } = column
    switch (producer.from) {
      case 'column': {
        const facts = target.facts.columns[producer.column]!
        const inverse = producer.values ? this.#translated(column, [...producer.values]) : this.#plain(column, facts)
        return inverse && { column: producer.column, inverse }
      }
      case 'key': {
        const [name, second] = producer.columns as readonly [string, string?]
        if (second !== undefined) {
          // The row of a match, with a key made of its two people.
          if (target.source !== 'message') return null
          return { column: 'match_id', inverse: this.#pairKey(column, producer.rule, name) }
        }
        return { column: name, inverse: this.#key(column, producer.rule, target.facts.columns[name]!.space!) }
      }
      case 'find': {
        const { find } = producer
        const keys = this.#resolved.finds.get(find)
        const words = target.facts.columns[producer.column]!.values ?? this.#names(producer.column)
        const pairs = words.flatMap((word): Words => {
          const key = keys?.get(wordOf(find, word))
          return key === undefined ? [] : [[key, word]]
        })
        if (find.missing === 'null' && pairs.length < words.length) return null
        const inverse = this.#words(pairs, staged(column))
        return inverse && { column: producer.column, inverse }
      }
      case 'function':
        return this.#probed(target, column, producer.make as (row: Record<string, unknown>) => unknown)
      case 'returned': {
        const { make, most = 1 } = target.target
        if (!make || most > 1) return null
        return this.#probed(target, column, (row) => {
          const made = make(row as never) as object | readonly object[]
          return ((Array.isArray(made) ? made[0] : made) as Record<string, unknown>)[producer.name]
        })
      }
      // In words of the site's own; nothing that is asked of a run rests on them.
      case 'answers':
      case 'constant':
        return null
      default:
        return producer satisfies never
    }
  }

  #probed(target: PlannedTarget, column: PlannedColumn, make: (row: Record<string, unknown>) => unknown) {
    const found: Probed | null = probe(this.#plan, target.source as SourceName, make)
    if (!found) return null
    const facts = target.facts.columns[found.column]!
    const rule = facts.space && this.#plan.primary.get(facts.space)
    const inverse = found.made
      ? this.#translated(column, found.made)
      : rule
        ? this.#key(column, rule, facts.space!)
        : this.#plain(column, facts)
    return inverse && { column: found.column, inverse }
  }

  /** A column that was taken over as it is. */
  #plain(column: PlannedColumn, facts: SourceColumn): Inverse | null {
    const value = staged(column)
    const { enumValues, cut, tick, kind, field } = column
    if (enumValues) {
      const words = facts.values ?? []
      return this.#words(
        words.flatMap((word): Words => (word in enumValues ? [[enumValues[word]!, word]] : [])),
        value,
      )
    }
    switch (facts.kind) {
      case 'time':
        if (kind === 'int' && field.type === 'DateTime') return { sql: () => spelledTime(value), exact: true }
        return kind === 'time' ? { sql: () => value, exact: tick === 1 } : null
      case 'date':
        if (kind === 'int' && field.type === 'DateTime') return { sql: () => spelledTime(value), exact: true }
        return { sql: () => `substr(${value}, 1, 10) || 'T00:00:00.000+00:00'`, exact: true }
      default:
        return { sql: () => value, exact: cut === null || (facts.longest !== undefined && facts.longest <= cut) }
    }
  }

  /** A column in other words: what the database keeps of each word tells the word, unless two have become one. */
  #translated(column: PlannedColumn, made: readonly (readonly [word: string, value: unknown])[]): Inverse | null {
    const stored = valuesOf(column, made.length, (i) => made[i]![1])
    return this.#words(
      made.map(([word], i): Words[number] => [stored[i]!, word]),
      staged(column),
    )
  }

  #words(pairs: Words, value: string): Inverse | null {
    const known = pairs.filter((pair): pair is [string | number, string | number] => pair[0] !== null)
    if (known.length === 0 || new Set(known.map(([stored]) => stored)).size < known.length) return null
    let made: string | undefined
    return { sql: () => (made ??= this.#staging.words(known)(value)), exact: true }
  }

  #key(column: PlannedColumn, rule: KeyRule, space: Space): Inverse {
    return { sql: () => this.#numbering.number(rule, space, column.kind, staged(column)), exact: true }
  }

  /** @param first the person of the two who comes first in the key */
  #pairKey(column: PlannedColumn, rule: KeyRule, first: string): Inverse {
    return { sql: () => this.#numbering.match(rule, first === 'low_user_id', staged(column)), exact: true }
  }

  /** Names of lookup rows, for the columns that have no list of values of their own. */
  #names(column: string): readonly string[] {
    const { interests, quizzes } = this.#resolved.names
    return column === 'interest' ? [...interests.values()] : column === 'quiz' ? [...quizzes.values()] : []
  }

  /** Columns that follow from others. */
  #derive(source: SourceName, found: Map<string, Inverse>): void {
    const put = (name: string, inverse: Inverse | null) => {
      if (inverse && !found.has(name)) found.set(name, inverse)
    }
    const named = (names: ReadonlyMap<number, string>, by: Inverse | undefined): Inverse | null => {
      if (!by) return null
      const pairs = [...names].map(([id, name]) => [name, id] as const)
      return { sql: () => this.#staging.words(pairs)(by.sql()), exact: true }
    }
    const [liked, low, high, side, sender, recipient] = [
      'liked',
      'low_user_id',
      'high_user_id',
      'side',
      'sender_id',
      'recipient_id',
    ].map((name) => found.get(name))
    const { interests, quizzes } = this.#resolved.names
    if (source === 'user_interest') put('interest_id', named(interests, found.get('interest')))
    if (source === 'quiz_answer') put('quiz_id', named(quizzes, found.get('quiz')))
    if (source === 'message') {
      // Two people match once, and their match stands there already.
      const match = (a: string, b: string) =>
        `(SELECT m.id FROM matches m WHERE m.user_a_id = ${a} AND m.user_b_id = ${b})`
      if (low && high) put('match_id', { sql: () => match(low.sql(), high.sql()), exact: true })
      else if (sender && recipient) {
        const both = (pick: string) => `${pick}(${sender.sql()}, ${recipient.sql()})`
        put('match_id', { sql: () => match(both('min'), both('max')), exact: true })
      }
    }
    if (source !== 'like') return
    if (liked) put('action', { sql: () => `CASE ${liked.sql()} WHEN 1 THEN 'LIKE' ELSE 'DISLIKE' END`, exact: true })
    if (!low || !high || !side) return
    const pick = (is: string) => `CASE ${side.sql()} WHEN '${is}' THEN ${low.sql()} ELSE ${high.sql()} END`
    put('from_user_id', { sql: () => pick('low'), exact: true })
    put('to_user_id', { sql: () => pick('high'), exact: true })
  }
}

/** Milliseconds since 1970 as the reference schema spells a time. */
function spelledTime(value: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%S', ${value} / 1000, 'unixepoch') || printf('.%03d+00:00', ${value} % 1000)`
}

function staged({ field }: PlannedColumn): string {
  return `s.${quoted(field.column)}`
}
