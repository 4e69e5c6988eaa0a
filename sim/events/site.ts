import {
  type Arm,
  armOf,
  Candidates,
  Decisions,
  type LikeModel,
  type People,
  type Population,
  Rhythm,
  wider,
  writerOf,
} from '../agents/index.ts'
import {
  ARCHETYPES,
  archetypeTopics,
  DAY_MS,
  HOUR_MS,
  type Moment,
  type TextPack,
  textPack,
  ZoneClock,
} from '../content/index.ts'
import { Journal } from '../facts/index.ts'
import { AliasTable, type QueueName, Simulation, Stream, type StreamKeys } from '../kernel/index.ts'
import type { PolicyParameters } from '../parameters/index.ts'
import { Feed } from './feed/feed.ts'
import { Flashes } from './feed/flashes.ts'
import { Lives } from './life/lives.ts'
import type { Probe } from './probe.ts'
import { Rules } from './rules.ts'
import type { Pacing } from './sessions/pacing.ts'
import { Sessions } from './sessions/sessions.ts'
import { Inbox } from './talk/inbox.ts'
import { Party } from './talk/party.ts'
import { Threads } from './talk/threads.ts'

const MINUTE_MS = 60_000
const WEEK_MS = 7 * DAY_MS
/** Times before the start are possible: a whole number of weeks that makes them positive. */
const PAST_MS = 5200 * WEEK_MS
/** 1970-01-01 was a Thursday: days since the Sunday before. */
const EPOCH_WEEKDAY_MS = 4 * DAY_MS

/**
 * One market's site: the people, what they did and what is pending. Handlers are functions of it. Everything that
 * changes is in typed columns; nothing here outlives the run.
 */
export class Site {
  readonly population: Population
  /** The rules of the person at work, taken apart: one set of rules for all, or the set of the person's arm. */
  policy: PolicyParameters
  readonly people: People
  readonly keys: StreamKeys
  /** The one scratch stream: rekeyed by whoever draws, never kept across events. */
  readonly rng = new Stream()
  readonly events: Simulation
  /** Scratch records for the texts. */
  readonly postDraft = { template: 0, variant: 0, operand: 0 }
  readonly messageDraft = { template: 0, variant: 0, operand: 0, person: 0 }
  /** Scratch records for the two of a conversation: who writes, and who reads. */
  readonly parties = [new Party(), new Party()] as const
  /** The language that the people of the run's places write. */
  readonly texts: TextPack
  readonly journal = new Journal()
  readonly sessions = new Sessions()
  readonly lives = new Lives()
  readonly inbox = new Inbox()
  readonly threads = new Threads()
  readonly feed: Feed
  flashes: Flashes
  readonly candidates: Candidates
  /** Whom each person has decided on: rows, with 1 for a like. */
  readonly decided = new Decisions()
  likes: LikeModel
  pacing: Pacing
  readonly rhythm: Rhythm
  readonly clock = new ZoneClock()
  readonly topics: readonly AliasTable[]
  waits: Rules['waits']
  /** All sets of rules: that of those in no arm, then one an arm; and everybody's arm, where there are any. */
  readonly rules: Rules[]
  private arms: readonly Arm[] = []
  private armOfRow = new Uint8Array(0)
  /** Looks on at decisions, for those who ask why; null in a run that nobody asks about. */
  probe: Probe | null = null
  /** False on days of which no fact is told: nothing is then said or liked that something told could refer to. */
  told = true
  /** First millisecond of the current day, since the run's start; and the start itself since 1970. */
  dayStart = 0
  readonly epochMs: number

  constructor(population: Population, policy: PolicyParameters, people: People, queue: QueueName, startMs: number) {
    this.population = population
    this.policy = policy
    this.people = people
    this.keys = population.keys
    this.texts = textPack(population.places.name)
    this.events = new Simulation({ queue, start: startMs })
    const cities = population.places.cities.length
    this.feed = new Feed(people, cities, policy.feed)
    this.flashes = new Flashes(population, policy.flashes)
    this.candidates = new Candidates(cities)
    const { rhythm } = population.parameters
    const rules = new Rules(policy, rhythm.gapSigma)
    this.rules = [rules]
    this.likes = rules.likes
    this.pacing = rules.pacing
    this.waits = rules.waits
    this.rhythm = new Rhythm(rhythm.personality)
    this.topics = ARCHETYPES.map((_, archetype) => new AliasTable(archetypeTopics(archetype)))
    this.epochMs = population.startDay * DAY_MS
    this.admit()
  }

  /** Goes on under another policy: what was worked out from the former one is worked out anew. */
  turn(policy: PolicyParameters): void {
    const { population } = this
    const rules = new Rules(policy, population.parameters.rhythm.gapSigma)
    rules.admit(this.people, population.places, this.candidates)
    this.rules[0] = rules
    this.feed.turn(policy.feed)
    this.flashes = new Flashes(population, policy.flashes)
    this.use(rules)
  }

  /** Makes room in every column for people who were added, and sorts the candidates anew. */
  admit(): void {
    this.sessions.admit(this.people)
    this.lives.admit(this.people)
    this.inbox.admit(this.people)
    this.decided.resize(this.people.size)
    this.feed.admit(this.people)
    this.candidates.build(this.people, this.population.startDay)
    for (const rules of this.rules) rules.admit(this.people, this.population.places, this.candidates)
    this.assignArms()
  }

  /** Gives each arm of a test its rules. To be called once, at the start. */
  divide(arms: readonly Arm[]): void {
    this.arms = arms
    const { gapSigma } = this.population.parameters.rhythm
    for (const { policy } of arms) this.rules.push(new Rules(policy, gapSigma))
    this.admit()
  }

  private assignArms(): void {
    const known = this.armOfRow.length
    if (this.arms.length === 0 || known === this.people.size) return
    this.armOfRow = wider(this.armOfRow, this.people.size)
    for (let row = known; row < this.people.size; row++) {
      this.armOfRow[row] = armOf(this.keys, this.arms, this.people.k[row]!)
    }
  }

  /** The rules that a person lives by. */
  rulesOf(row: number): Rules {
    return this.arms.length === 0 ? this.rules[0]! : this.rules[this.armOfRow[row]!]!
  }

  /** Goes by the rules of this person from here on. */
  follow(row: number): void {
    this.use(this.rulesOf(row))
  }

  private use({ policy, likes, pacing, waits }: Rules): void {
    this.policy = policy
    this.likes = likes
    this.pacing = pacing
    this.waits = waits
  }

  /** Ms since the run's start at which `active` ms of the person's waking time will have passed; at least 1 ms on. */
  awake(row: number, now: number, activeMs: number): number {
    const people = this.people
    const zone = people.zone[row]!
    const offset = this.clock.offsetMs(zone, this.epochMs + now)
    const local = this.epochMs + now + offset + EPOCH_WEEKDAY_MS + PAST_MS + people.rhythmShift[row]! * HOUR_MS
    const waited = this.rhythm.wait(people.rhythmShape[row]!, local % WEEK_MS, activeMs / HOUR_MS)
    const then = now + waited
    // The wait was counted on the wall clock: take out a change of daylight saving on the way.
    const shift = waited > HOUR_MS ? this.clock.offsetMs(zone, this.epochMs + then) - offset : 0
    return Math.max(now + 1, Math.round(then - shift))
  }

  /** What the wall clock shows where the person lives. */
  momentOf(row: number, now: number): Moment {
    const utc = this.epochMs + now
    const local = utc + this.clock.offsetMs(this.people.zone[row]!, utc)
    const day = Math.floor(local / DAY_MS)
    return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) }
  }

  /** The writer's word of a person; rekeys the scratch stream. */
  writerOf(row: number): number {
    const { k, archetype, sociability, intent, rhythmShift } = this.people
    return writerOf(this.keys, this.rng, k[row]!, archetype[row]!, sociability[row]!, intent[row]!, rhythmShift[row]!)
  }

  /** Ms into the current day. */
  at(now: number): number {
    return now - this.dayStart
  }

  /** A person's interests as ids, ascending. @param ids list to fill */
  interestsOf(row: number, ids: number[] = []): number[] {
    ids.length = 0
    for (let word = 0; word < 4; word++) {
      let bits = this.people.interestBits[row * 4 + word]!
      while (bits !== 0) {
        const low = 31 - Math.clz32(bits & -bits)
        ids.push(word * 32 + low)
        bits &= bits - 1
      }
    }
    return ids
  }

  /** Everything that changes but the people, the journal and the event list: what a snapshot holds. */
  parts(): Record<string, object> {
    const { sessions, lives, inbox, threads, feed, decided } = this
    return { sessions, lives, inbox, threads, feed, decided }
  }

  /** Ends the burn-in: what happened before the start was not written, so nothing may refer to it. */
  forget(): void {
    this.journal.clear(true)
    this.feed.forget(0)
    this.threads.forget()
    this.inbox.clear()
    this.decided.forgetLikes()
  }

  /** Whether one of the person's interests belongs to the topic. */
  sharesTopic(row: number, topic: number): boolean {
    return (this.people.topics[row]! & (1 << topic)) !== 0
  }

  /** Rekeys the scratch stream to person `row`'s draws about another person. */
  about(purpose: number, row: number, ordinal: number, other: number): Stream {
    const k = this.people.k
    return this.keys.object(this.rng, purpose, k[row]!, ordinal, k[other]!)
  }

  /** Bytes of everything that is kept, by what it is for. */
  bytesByPart(): Record<string, number> {
    const { people, candidates, decided, feed, threads, inbox, sessions, lives, journal, events } = this
    return {
      people: people.bytes + candidates.bytes,
      decided: decided.bytes,
      seen: feed.seen.bytes,
      feed: feed.bytes - feed.seen.bytes,
      threads: threads.bytes,
      inbox: inbox.bytes,
      sessions: columnBytes(sessions) + columnBytes(lives),
      events: events.bytes,
      journal: journal.bytes,
    }
  }

  get bytes(): number {
    return Object.values(this.bytesByPart()).reduce((sum, bytes) => sum + bytes, 0)
  }
}

function columnBytes(part: object): number {
  return Object.values(part).reduce((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0)
}
