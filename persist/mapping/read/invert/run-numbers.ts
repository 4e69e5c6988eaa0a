import type { ColumnKind } from '../../../batch.ts'
import type { Space } from '../../config/sources.ts'
import type { KeyRule } from '../../plan/plan.ts'
import { ruleName } from '../../plan/rule-names.ts'
import type { Resolved } from '../../rows/translate.ts'
import type { KeyMaker, NumberRange } from '../select.ts'
import type { Numbering } from './numbering.ts'
import type { Staging } from './staging.ts'

/** Numbers of the rows that one run wrote: texts are made anew from them, and so are told. */
export class RunNumbers implements Numbering {
  readonly #resolved: Resolved
  readonly #keyOf: KeyMaker
  readonly #numbers: ReadonlyMap<Space, readonly NumberRange[]>
  readonly #staging: Staging
  readonly #adopted: ReadonlyMap<string, ReadonlyMap<number, string | number>>
  readonly #keys = new Map<string, (value: string) => string>()

  /** @param numbers those that the run gave in each space  @param adopted keys of people whom it did not make */
  constructor(
    resolved: Resolved,
    keyOf: KeyMaker,
    numbers: ReadonlyMap<Space, readonly NumberRange[]>,
    staging: Staging,
    adopted: ReadonlyMap<string, ReadonlyMap<number, string | number>>,
  ) {
    this.#adopted = adopted
    this.#resolved = resolved
    this.#keyOf = keyOf
    this.#numbers = numbers
    this.#staging = staging
  }

  number(rule: KeyRule, space: Space, kind: ColumnKind, value: string): string {
    switch (rule.kind) {
      case 'number': {
        const number = kind === 'text' ? `CAST(${value} AS INTEGER)` : value
        return `(${number} - ${rule.lane}) / ${rule.stride}`
      }
      case 'text':
        return this.#known(`${space} ${JSON.stringify(rule)}`, () => this.#staging.keys(this.#eachKey(rule, space)))(
          value,
        )
      case 'table': {
        const keys = [...(this.#resolved.tables.get(space) ?? [])].map(([id, key]) => [key, id] as const)
        // Where two lookup rows have become one, it tells neither.
        if (new Set(keys.map(([key]) => key)).size < keys.length) return 'NULL'
        return this.#known(`table ${space}`, () => this.#staging.words(keys))(value)
      }
      default:
        return rule satisfies never
    }
  }

  match(rule: KeyRule, lowFirst: boolean, value: string): string {
    const keyOf = (low: number, high: number) =>
      String(lowFirst ? this.#keyOf(rule, low, high) : this.#keyOf(rule, high, low))
    const name = `pair ${lowFirst} ${JSON.stringify(rule)}`
    return this.#known(name, () => this.#staging.keys(this.#staging.matches(keyOf)))(value)
  }

  /** Made where it is first asked for. */
  #known(name: string, make: () => (value: string) => string): (value: string) => string {
    let keys = this.#keys.get(name)
    if (!keys) this.#keys.set(name, (keys = make()))
    return keys
  }

  *#eachKey(rule: KeyRule, space: Space): Iterable<readonly [string, number]> {
    for (const { first, last } of this.#numbers.get(space) ?? []) {
      for (let id = first; id <= last; id++) yield [String(this.#keyOf(rule, id)), id]
    }
    if (space === 'user')
      for (const [id, key] of this.#adopted.get(ruleName(rule, space)) ?? []) yield [String(key), id]
  }
}
