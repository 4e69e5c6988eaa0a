import type { SpacedRule } from '../plan/derived.ts'
import type { KeyRule, Plan } from '../plan/plan.ts'
import { type Resolved, Translator } from '../rows/translate.ts'
import type { Key } from '../rows/values.ts'
import type { SiteNumbers } from './site-numbers.ts'

/** From what jobs derived to rows of the site's models: keys of people, posts and interests are whatever the rows have. */
export class SiteTranslator extends Translator {
  readonly #numbers: SiteNumbers

  constructor(plan: Plan, resolved: Resolved, numbers: SiteNumbers) {
    // Functions see keys of rows that follow no rule.
    const primary = [...plan.primary].map(([space, rule]) => [space, { ...rule, space } as SpacedRule] as const)
    super({ ...plan, primary: new Map(primary) }, '', resolved)
    this.#numbers = numbers
  }

  override key(rule: KeyRule, id: number, second = 0): Key | null {
    const { space } = rule as Partial<SpacedRule>
    if (space === undefined) return super.key(rule, id, second)
    return Number.isNaN(id) ? null : this.#numbers.keyOf(rule, space, id)
  }
}
