import { drawLifecycle, drawPerson, emptyPerson, People } from './agents/index.ts'
import { columnsOf, setColumns } from './columns-of.ts'
import { ENGINE_VERSION, ownOf, policyOn, type RunConfig, toldDay } from './config/index.ts'
import { DAY_MS, scoreVector } from './content/index.ts'
import {
  ArmHandler,
  beginLife,
  Dispatch,
  type EventExtension,
  type ExtensionHandler,
  Kind,
  Priority,
  type Probe,
  Site,
  World,
} from './events/index.ts'
import type { MarketDay, MarketSummary } from './facts/index.ts'
import {
  decodeSections,
  type EventHandler,
  encodeSections,
  Hash128,
  hex128,
  MingleError,
  type SimulationState,
  type SnapshotColumn,
  Stream,
  textWords,
} from './kernel/index.ts'
import type { MarketShare } from './markets.ts'
import type { ObservedPeople } from './observe/index.ts'

/** Looks on at the end of each day, before the facts leave: person columns still hold rows of `people`. */
export interface DayObserver {
  observe(day: number, facts: MarketDay): void
  /** Where no row is copied (`passDays`): the day as `runDay` would give it. Views, good until it returns. */
  leave?(facts: MarketDay): void
}

/** One market of a run: simulated day by day, alone. */
export interface Market {
  readonly id: number
  /** The next day to be simulated. */
  readonly day: number
  /** What observers may read of the people; the same object for the whole run. */
  people(): ObservedPeople
  /** Where everybody stands at this day boundary, by row: person numbers, ascending, and codes of `Life`. Good until the next day. */
  lives(): { readonly k: Int32Array; readonly state: Uint8Array }
  runDay(observer?: DayObserver): MarketDay
  /** The next days where nobody needs the rows: none is copied. */
  passDays(days: number, observer?: DayObserver): MarketSummary[]
  /** The whole state at this day boundary, for `restore` into a market of the same run. */
  save(): Uint8Array
  /**
   * Goes on from a saved state. Throws `BAD_SNAPSHOT` when it is damaged or of another run, market or version.
   * @param otherPolicy whether it may have been made under another policy: what follows is then a fork
   */
  restore(saved: Uint8Array, otherPolicy?: boolean): void
  /** Events executed so far. */
  readonly executed: number
  /** Bytes of all columns. */
  bytes(): number
  /** The same by what they are for. */
  bytesByPart(): Readonly<Record<string, number>>
}

/** The columns that observers read; arrays that growth replaces are looked up anew each time. */
function observedPeople(site: Site): ObservedPeople {
  const { people } = site
  return {
    get size() {
      return people.size
    },
    get gender() {
      return people.gender
    },
    get joinedAt() {
      return people.joinedAt
    },
    get birthDay() {
      return people.birthDay
    },
    get latitude() {
      return people.latitude
    },
    get longitude() {
      return people.longitude
    },
    get sociability() {
      return people.sociability
    },
    get selectivity() {
      return people.selectivity
    },
    get engagement() {
      return people.engagement
    },
    get interests() {
      return people.interests
    },
    get flags() {
      return people.flags
    },
    get quizzes() {
      return people.quizzes
    },
    offsetMs: (row, utcMs) => site.clock.offsetMs(people.zone[row]!, site.epochMs + utcMs),
  }
}

function hashOf(value: unknown): string {
  const hash = new Hash128()
  hash.update(textWords(JSON.stringify(value)))
  return hex128(hash.digest())
}

/**
 * Sets up a market at the start of the run, burn-in done.
 * @param extension more that can happen (docs/extending.md)  @param probeOf gives what looks on at every decision
 */
export function createMarket(
  config: RunConfig,
  plan: MarketShare,
  id: number,
  extension?: EventExtension,
  probeOf?: (site: Site) => Probe,
): Market {
  return new SimulatedMarket(config, plan, id, extension, probeOf)
}

class SimulatedMarket implements Market {
  readonly id: number
  day = 0
  private readonly persons = new People()
  private readonly observed: ObservedPeople
  private readonly config: RunConfig
  private readonly plan: MarketShare
  private readonly site: Site
  private readonly dispatch: EventHandler
  private readonly extensionName: string
  private readonly extension: ExtensionHandler | undefined
  private readonly person = emptyPerson()
  private readonly stream = new Stream()

  constructor(
    config: RunConfig,
    plan: MarketShare,
    id: number,
    extension?: EventExtension,
    probeOf?: (site: Site) => Probe,
  ) {
    this.id = id
    this.config = config
    this.plan = plan
    const { policy } = config.parameters
    const burnIn = Math.max(0, Math.floor(policy.burnIn.days))
    const members = plan.members(id)
    this.persons.reserve(members.length)
    for (const k of members) this.add(k, -1)
    this.site = new Site(plan.population, policy, this.persons, config.queue, -burnIn * DAY_MS)
    this.extensionName = extension?.name ?? ''
    this.extension = extension?.attach(new World(this.site, extension))
    const dispatch = new Dispatch(this.site, this.extension)
    const { arms = [] } = config
    if (arms.length > 0) this.site.divide(arms)
    this.dispatch = arms.length > 0 ? new ArmHandler(this.site, dispatch) : dispatch
    this.observed = observedPeople(this.site)
    for (let row = 0; row < this.persons.size; row++) {
      beginLife(this.site, row, -burnIn * DAY_MS)
    }
    for (let day = -burnIn; day < 0; day++) {
      this.simulate(day)
      this.site.journal.clear()
    }
    if (burnIn > 0) this.site.forget()
    if (probeOf !== undefined) this.site.probe = probeOf(this.site)
  }

  runDay(observer?: DayObserver): MarketDay {
    this.liveDay(observer)
    return this.site.journal.drain(this.id, this.persons.k)
  }

  passDays(days: number, observer?: DayObserver): MarketSummary[] {
    const leave = observer?.leave && ((facts: MarketDay) => observer.leave!(facts))
    return Array.from({ length: days }, () => {
      this.liveDay(observer)
      return this.site.journal.summarize(this.id, this.persons.k, leave)
    })
  }

  private liveDay(observer: DayObserver | undefined): void {
    this.livePause()
    const { site, day } = this
    this.turnPolicy(day)
    this.admitNewcomers(day)
    this.simulate(day)
    this.day = day + 1
    observer?.observe(day, site.journal.peek(this.id))
  }

  /** Lives through the days of a pause that begins now; what is left of them is that time has passed. */
  private livePause(): void {
    const { site } = this
    const end = toldDay(this.config, this.day)
    if (end === this.day) return
    site.told = false
    for (; this.day < end; this.day++) {
      this.admitNewcomers(this.day)
      this.simulate(this.day)
      site.journal.drop()
    }
    site.told = true
    site.feed.forget(site.journal.post.first)
  }

  /** Has the site go by the policy of this day. */
  private turnPolicy(day: number): void {
    const policy = policyOn(this.config, day)
    if (policy !== this.site.rules[0]!.policy) this.site.turn(policy)
  }

  get executed(): number {
    return this.site.events.executed
  }

  people(): ObservedPeople {
    return this.observed
  }

  lives(): { readonly k: Int32Array; readonly state: Uint8Array } {
    const { people, lives } = this.site
    return { k: people.k.subarray(0, people.size), state: lives.state.subarray(0, people.size) }
  }

  bytes(): number {
    return this.site.bytes
  }

  bytesByPart(): Record<string, number> {
    return this.site.bytesByPart()
  }

  save(): Uint8Array {
    const { site } = this
    site.decided.trim()
    site.feed.seen.trim()
    const sections: Record<string, SnapshotColumn> = { journal: site.journal.save() }
    for (const [name, part] of Object.entries(this.parts())) columnsOf(part, name, sections)
    columnsOf(site.events.save(), 'events', sections)
    return encodeSections({ ...this.fit(), day: this.day }, sections)
  }

  restore(saved: Uint8Array, otherPolicy = false): void {
    const { header, sections } = decodeSections(saved)
    this.day = Number(header.day)
    for (const [name, value] of Object.entries(this.fit())) {
      if (header[name] !== value && !(otherPolicy && name === 'policy')) {
        const [its, ours] = [header[name], value].map((each) => (each === '' ? 'none' : `'${each}'`))
        throw new MingleError(
          'BAD_SNAPSHOT',
          `the snapshot's ${name} is ${its}, but this run's is ${ours}${name === 'extension' ? ': give it the same one' : ''}`,
        )
      }
    }
    const { site } = this
    for (let day = 0; day < this.day; day++) this.addNewcomers(day)
    site.admit()
    this.turnPolicy(Math.max(0, this.day - 1))
    site.journal.restore(sections.journal as Float64Array)
    for (const [name, part] of Object.entries(this.parts())) setColumns(part, name, sections)
    const events = { keys: 0, events: 0, counts: 0, pending: 0 }
    site.events.restore(
      Object.fromEntries(
        Object.keys(events).map((name) => [name, sections[`events.${name}`]]),
      ) as unknown as SimulationState,
    )
  }

  private parts(): Record<string, object> {
    const { state } = this.extension ?? {}
    return { ...this.site.parts(), ...(state && { extension: state }) }
  }

  /** What a saved state has to agree with. Later cohorts and days are free: they leave the past alone. */
  private fit(): Record<string, string | number> {
    const { seed, startDay, count, places, market, poolSize, parameters, arms, minorities } = this.config
    const policy = policyOn(this.config, Math.max(0, this.day - 1))
    return {
      seed,
      market: this.id,
      engine: ENGINE_VERSION,
      extension: this.extensionName,
      config: hashOf([
        startDay,
        count,
        places,
        market,
        poolSize,
        parameters.population,
        ...(minorities ? [minorities] : []),
        ...ownOf(this.config),
      ]),
      policy: hashOf(arms === undefined ? policy : [policy, arms]),
    }
  }

  private simulate(day: number): void {
    const { site } = this
    site.dayStart = day * DAY_MS
    site.flashes.begin(day)
    site.feed.expire(site.dayStart)
    site.events.runUntil((day + 1) * DAY_MS, this.dispatch)
    // What happened in the burn-in is not told: matches are numbered anew after it.
    if (day >= 0 && site.told) this.extension?.endDay?.(day, site.journal.peek(this.id))
  }

  private addNewcomers(day: number): void {
    for (const k of this.plan.joining(this.id, day)) this.add(k, day)
  }

  private admitNewcomers(day: number): void {
    const before = this.persons.size
    this.addNewcomers(day)
    if (this.persons.size === before) return
    this.site.admit()
    for (let row = before; row < this.persons.size; row++) {
      this.site.events.schedule(this.persons.joinedAt[row]!, Priority.first, Kind.arrival, row, 0, 0)
    }
  }

  private add(k: number, joinDay: number): void {
    const { plan, person, stream } = this
    const { population } = plan
    drawPerson(population, k, joinDay, stream, person)
    const zone = population.places.cities[person.city]!.zone
    const scores = person.quiz === null ? null : scoreVector(population.quizzes[0]!, person.quiz)
    this.persons.add(person, zone, scores, drawLifecycle(population, stream, k, person.joinedAt))
  }
}
