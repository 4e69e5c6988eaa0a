import type { People } from '../agents/index.ts'
import { type MarketDay, OwnRows, type RowsOfFact } from '../facts/index.ts'
import { badInput, type EventHandle, type EventHandler, Stream, StreamKeys } from '../kernel/index.ts'
import { Priority } from './kinds.ts'
import type { Site } from './site.ts'

/** Event kinds from here to 255 are an extension's; `Dispatch` hands them on in its default branch. */
export const FIRST_EXTENSION_KIND = 64

/**
 * Something that can happen on the site, added from outside `sim/`: event kinds from `FIRST_EXTENSION_KIND` on, facts
 * of its own, draws of its own. It is asked at the end of a day what follows from the day's facts, and schedules that;
 * so it costs the model's own events nothing. `examples/block-and-report.ts` is one, docs/extending.md says how.
 */
export interface EventExtension {
  /** Enters the keys of its draws. */
  readonly name: string
  /** Purposes of its draws; a purpose's code is its position here. */
  readonly purposes?: readonly string[]
  /**
   * Kinds of fact with their columns; a kind's code is its position here. They enter the day's digest when there are any.
   * `rows` says where they go in a database.
   */
  readonly facts?: readonly {
    readonly kind: string
    readonly columns: readonly string[]
    readonly rows?: RowsOfFact
  }[]
  /** Called once for each market, which is all that the handler may know of. */
  attach(world: World): ExtensionHandler
}

export interface ExtensionHandler extends EventHandler {
  /**
   * The day is over; not called in the burn-in. @param facts person columns hold rows of `world.people`; valid during
   * the call only
   */
  endDay?(day: number, facts: MarketDay): void
  /** Typed columns and numbers that change, by name: they go into snapshots. */
  readonly state?: object
}

/** What an extension may see of a market, and do to it. People are rows; matches have the numbers that facts have. */
export class World {
  readonly people: People
  readonly #site: Site
  readonly #keys: StreamKeys
  readonly #stream = new Stream()
  readonly #rows: readonly OwnRows[]

  constructor(site: Site, { name, purposes = [], facts = [] }: EventExtension) {
    this.#site = site
    this.people = site.people
    this.#keys = new StreamKeys(
      site.population.seed,
      purposes.map((purpose) => `${name}: ${purpose}`),
    )
    this.#rows = facts.map(({ kind, columns }) => new OwnRows(kind, columns))
    site.journal.own = this.#rows
  }

  /** Ms since the run's start. */
  get now(): number {
    return this.#site.events.now
  }

  /** First ms of the current day. */
  get dayStart(): number {
    return this.#site.dayStart
  }

  /**
   * Person `row`'s own draws for a purpose and an object (another person's k, a match): one scratch stream, keyed anew
   * at each call and not to be kept.
   */
  draws(purpose: number, row: number, ordinal: number, object: number): Stream {
    return this.#keys.object(this.#stream, purpose, this.people.k[row]!, ordinal, object)
  }

  /** Puts an event of the extension's own on the list, at least 1 ms from now. @param kind 64…255 */
  schedule(time: number, kind: number, agent: number, a: number, b: number): EventHandle {
    if (!(Number.isInteger(kind) && kind >= FIRST_EXTENSION_KIND && kind <= 255)) {
      throw badInput(
        `event kind ${kind} is not an extension's: those are ${FIRST_EXTENSION_KIND} to 255, whole numbers`,
      )
    }
    return this.#site.events.schedule(Math.max(time, this.now + 1), Priority.usual, kind, agent, a, b)
  }

  cancel(handle: EventHandle): boolean {
    return this.#site.events.cancel(handle)
  }

  /** When `activeMs` of the person's waking time will have passed since `since`. */
  awake(row: number, since: number, activeMs: number): number {
    return this.#site.awake(row, since, activeMs)
  }

  /** Writes a fact. @param values as the kind's columns; people as k, `at` in ms since the day's start */
  record(kind: number, ...values: readonly number[]): number {
    const rows = this.#rows[kind]
    if (rows === undefined) {
      throw badInput(`there is no kind of fact ${kind}: the extension has ${this.#rows.length}, counted from 0`)
    }
    return rows.add(values)
  }

  /** −1 when the person has not decided on the other, 0 for a dislike, 1 for a like. */
  decision(row: number, other: number): number {
    return this.#site.decided.get(row, other)
  }

  /** The other person of a match. */
  partner(match: number, row: number): number {
    const { threads } = this.#site
    return threads.partner(match + threads.base, row)
  }

  /** Messages so far, −1 once the thread was closed. */
  messages(match: number): number {
    const { threads } = this.#site
    return threads.isClosed(match + threads.base) ? -1 : threads.messages[match + threads.base]!
  }

  /** Nothing more will be written in this match. */
  closeThread(match: number): void {
    const { threads } = this.#site
    threads.close(match + threads.base)
  }
}
