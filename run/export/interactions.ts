import {
  ageOn,
  armNames,
  armOf,
  DAY_MS,
  GENDERS,
  IdleProbe,
  type RunConfig,
  type Site,
  type Term,
} from '../../sim/index.ts'
import type { TableFile } from './table-file.ts'

/** Writes a row for each decision, as the engine takes it. */
export class Interactions extends IdleProbe {
  readonly #config: RunConfig
  readonly #file: TableFile
  readonly #fromInbox = new Set<number>()
  #site: Site | undefined

  constructor(config: RunConfig, file: TableFile) {
    super()
    this.#config = config
    this.#file = file
  }

  at(site: Site): this {
    this.#site = site
    return this
  }

  override dealt(row: number, _candidate: number, fromInbox: boolean): void {
    if (fromInbox) this.#fromInbox.add(row)
    else this.#fromInbox.delete(row)
  }

  override decided(
    row: number,
    other: number,
    fromFeed: number,
    chance: number,
    _draw: number,
    liked: number,
    now: number,
  ): void {
    const site = this.#site!
    if (!site.told) return
    const { startDay, arms } = this.#config
    const { people } = site
    const likes = site.sessions.likes[row]!
    const terms = new Map(site.likes.terms(people, row, other, likes).map((term) => [term.name, term.inputs]))
    const input = (term: string, name: string) => Number((terms.get(term) as Term['inputs'])[name])
    const viewer = people.k[row]!
    this.#file.add([
      viewer,
      people.k[other]!,
      startDay * DAY_MS + now,
      Math.floor(now / DAY_MS),
      fromFeed === 1 ? 'feed' : this.#fromInbox.has(row) ? 'inbox' : 'deck',
      likes,
      GENDERS[people.gender[row]!]!,
      GENDERS[people.gender[other]!]!,
      ageOn(people.birthDay[row]!, startDay),
      ageOn(people.birthDay[other]!, startDay),
      input('proximity', 'km'),
      input('quiz', 'agreement'),
      input('interests', 'overlap'),
      input('intent', 'mismatch'),
      input('age', 'mismatch'),
      people.selectivity[row]!,
      people.appeal[other]!,
      armNames(arms)[armOf(site.keys, arms, viewer)]!,
      chance,
      liked,
    ])
  }
}
