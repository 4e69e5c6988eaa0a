import {
  DAY_MS,
  drawPerson,
  emptyPerson,
  generateProfile,
  type MarketDay,
  type MarketPlan,
  markOf,
  markOfBio,
  markOfMessage,
  Odd,
  type RunConfig,
  Stream,
  textPack,
} from '../../sim/index.ts'
import type { TableFile } from './table-file.ts'

/** Writes a row for each bio, post and message of one market, labelled with what it stands for. */
export class Content {
  readonly #config: RunConfig
  readonly #plan: MarketPlan
  readonly #file: TableFile
  readonly #posts = new Map<number, number>()
  readonly #messages = new Map<number, number>()
  readonly #person = emptyPerson()
  readonly #stream = new Stream()

  constructor(config: RunConfig, plan: MarketPlan, file: TableFile, market: number) {
    this.#config = config
    this.#plan = plan
    this.#file = file
    for (const k of plan.members(market)) this.#addBio(k, -1)
  }

  add(day: number, { tables }: MarketDay): void {
    const { startDay, places } = this.#config
    const { renderPost, renderMessage } = textPack(places, this.#config)
    const { arrival, message } = tables
    for (let i = 0; i < arrival.rows; i++) this.#addBio(arrival.k[i]!, day)
    const { k, template, variant, operand, at, rows } = tables.post
    for (let i = 0; i < rows; i++) {
      const author = k[i]!
      const nth = (this.#posts.get(author) ?? 0) + 1
      this.#posts.set(author, nth)
      const text = renderPost(template[i]!, variant[i]!, operand[i]!)
      const time = (startDay + day) * DAY_MS + at[i]!
      this.#file.add([author, nth, time, text, markOf(template[i]!) ?? 'plain', this.#kindOf(author), 'post'])
    }
    for (let i = 0; i < message.rows; i++) {
      const author = message.k[i]!
      const nth = (this.#messages.get(author) ?? 0) + 1
      this.#messages.set(author, nth)
      const [code, word, about] = [message.template[i]!, message.variant[i]!, message.operand[i]!]
      const text = renderMessage(code, word, about, message.person[i]!)
      const time = (startDay + day) * DAY_MS + message.at[i]!
      this.#file.add([author, nth, time, text, markOfMessage(code, about) ?? 'plain', this.#kindOf(author), 'message'])
    }
  }

  /** Who left none has no row. @param joinDay −1: there at the start */
  #addBio(k: number, joinDay: number): void {
    const { population } = this.#plan
    const { bio, joinedAt, flags } = generateProfile(population, k, joinDay)
    if (bio === '') return
    const mark = markOfBio(population, k, flags)
    const label = mark?.text === bio ? mark.kind : 'plain'
    this.#file.add([k, 1, this.#config.startDay * DAY_MS + joinedAt, bio, label, this.#kindOf(k), 'bio'])
  }

  /** Whoever joined when: what somebody is hangs on the number alone. */
  #kindOf(k: number): string {
    if (this.#config.minorities === undefined) return 'person'
    drawPerson(this.#plan.population, k, -1, this.#stream, this.#person)
    const { flags } = this.#person
    return flags & Odd.bot ? 'bot' : flags & Odd.spammer ? 'spammer' : 'person'
  }
}
