import {
  DAY_MS,
  drawPerson,
  emptyPerson,
  type MarketDay,
  type MarketPlan,
  markOf,
  Odd,
  type RunConfig,
  Stream,
  textPack,
} from '../../sim/index.ts'
import type { TableFile } from './table-file.ts'

/** Writes a row for each post of one market, labelled with what it stands for. */
export class Content {
  readonly #config: RunConfig
  readonly #plan: MarketPlan
  readonly #file: TableFile
  readonly #posts = new Map<number, number>()
  readonly #person = emptyPerson()
  readonly #stream = new Stream()

  constructor(config: RunConfig, plan: MarketPlan, file: TableFile) {
    this.#config = config
    this.#plan = plan
    this.#file = file
  }

  add(day: number, { tables }: MarketDay): void {
    const { k, template, variant, operand, at, rows } = tables.post
    const { startDay, places, taxonomy } = this.#config
    const { renderPost } = textPack(places, { taxonomy })
    for (let i = 0; i < rows; i++) {
      const author = k[i]!
      const nth = (this.#posts.get(author) ?? 0) + 1
      this.#posts.set(author, nth)
      const text = renderPost(template[i]!, variant[i]!, operand[i]!)
      const time = (startDay + day) * DAY_MS + at[i]!
      this.#file.add([author, nth, time, text, markOf(template[i]!) ?? 'plain', this.#kindOf(author)])
    }
  }

  /** Whoever joined when: what somebody is hangs on the number alone. */
  #kindOf(k: number): string {
    if (this.#config.minorities === undefined) return 'person'
    drawPerson(this.#plan.population, k, -1, this.#stream, this.#person)
    const { flags } = this.#person
    return flags & Odd.bot ? 'bot' : flags & Odd.spammer ? 'spammer' : 'person'
  }
}
