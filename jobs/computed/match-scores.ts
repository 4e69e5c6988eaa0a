import { atan2 } from '../../sim/kernel/index.ts'
import { among } from '../database/database.ts'
import { rounded } from '../database/rounded.ts'
import type { Job } from '../job.ts'
import { Best } from '../match/best.ts'
import { type Buckets, readBuckets } from '../match/buckets.ts'
import { agreement, overlap, type Page, Pages } from '../match/pages.ts'
import { Pool } from '../match/pool.ts'
import { isIntentMismatch, matchScore } from '../match/score.ts'
import type { JobWork } from '../work.ts'

/** Diameter of the earth (IUGG's mean), km. */
const EARTH_KM = 2 * 6371.0088
/** Metres are the precision of distances. */
const STEPS_PER_KM = 1000
/** Cities are added until this many people fit for each one that is kept. */
const ENOUGH_FOR_ONE = 4
/** People scored for each one that is kept, however large a city is. */
const MOST_FOR_ONE = 20
/** Stale people looked for at a time. */
const PEOPLE_AT_ONCE = 1000

/** The best candidates of everybody who can be found. */
export const matchScores: Job = {
  name: 'match-scores',
  summary: 'The best candidates of each person who can be found, by quiz, distance and interests',
  inputs: ['searchable_users', 'user_traits', 'user_interests'],
  outputs: ['match_scores'],
  after: ['searchable-user', 'build-user-traits'],
  async run(work) {
    const { database, options } = work
    const buckets = await readBuckets(database)
    const pool = new Pool(buckets, { enough: options.top * ENOUGH_FOR_ONE, most: options.top * MOST_FOR_ONE })
    const pages = new Pages(database, buckets, options.candidateBatchSize)
    for (let from = 0; from < buckets.size; from += options.userBatchSize) {
      const to = Math.min(buckets.size, from + options.userBatchSize)
      await scoreBatch(work, buckets, pool, pages, from, to)
      work.progress(to, buckets.size)
    }
    if (!work.isFresh('match_scores')) await forgetOthers(work)
  },
}

/** Scores the people at some positions, and writes what comes of it. */
async function scoreBatch(
  work: JobWork,
  buckets: Buckets,
  pool: Pool,
  pages: Pages,
  from: number,
  to: number,
): Promise<void> {
  const pools: Int32Array[] = []
  const needed = new Set<number>()
  for (let person = from; person < to; person++) {
    pool.find(person)
    pools.push(pool.found.slice(0, pool.size))
    needed.add(Math.floor(person / pages.size))
    for (let i = 0; i < pool.size; i++) needed.add(Math.floor(pool.found[i]! / pages.size))
  }
  await pages.load(needed)
  const scores = new Scores(buckets, pages, work.options.top)
  for (let person = from; person < to; person++) scores.add(person, pools[person - from]!)
  const ids = buckets.ids.subarray(from, to)
  await work.batch(() => work.replace('match_scores', among('user_id', ids), scores.rows, scores.columns()))
}

/** Rows of the people of a batch. */
class Scores {
  readonly #buckets: Buckets
  readonly #pages: Pages
  readonly #top: number
  readonly #user: number[] = []
  readonly #candidate: number[] = []
  readonly #score: number[] = []
  readonly #quiz: number[] = []
  readonly #interest: number[] = []
  readonly #km: number[] = []

  constructor(buckets: Buckets, pages: Pages, top: number) {
    this.#buckets = buckets
    this.#pages = pages
    this.#top = top
  }

  get rows(): number {
    return this.#user.length
  }

  add(person: number, pool: Int32Array): void {
    const { ids } = this.#buckets
    const { size } = this.#pages
    const best = new Best(this.#top)
    const own = this.#pages.get(Math.floor(person / size))
    const row = person % size
    for (const position of pool) {
      const page = this.#pages.get(Math.floor(position / size))
      best.offer(pairScore(own, row, page, position % size).score, ids[position]!, position)
    }
    for (const position of best.byId()) {
      const page = this.#pages.get(Math.floor(position / size))
      const pair = pairScore(own, row, page, position % size)
      this.#user.push(ids[person]!)
      this.#candidate.push(ids[position]!)
      this.#score.push(pair.score)
      this.#quiz.push(rounded(pair.quiz))
      this.#interest.push(rounded(pair.interest))
      this.#km.push(rounded(pair.km, STEPS_PER_KM))
    }
  }

  columns() {
    return {
      user_id: Float64Array.from(this.#user),
      candidate_id: Float64Array.from(this.#candidate),
      score: Float64Array.from(this.#score),
      quiz_score: Float64Array.from(this.#quiz),
      interest_score: Float64Array.from(this.#interest),
      distance_km: Float64Array.from(this.#km),
    }
  }
}

function pairScore(a: Page, rowA: number, b: Page, rowB: number) {
  const quiz = agreement(a, rowA, b, rowB)
  const interest = overlap(a, rowA, b, rowB)
  const km = distanceKm(a, rowA, b, rowB)
  const mismatch = isIntentMismatch(a.intent[rowA]!, b.intent[rowB]!)
  const score = matchScore(quiz, interest, km, mismatch, Math.abs(a.age[rowA]! - b.age[rowB]!))
  return { score: rounded(score), quiz, interest, km }
}

/** Great-circle distance of two homes. */
function distanceKm(a: Page, rowA: number, b: Page, rowB: number): number {
  const dx = a.home[rowA * 3]! - b.home[rowB * 3]!
  const dy = a.home[rowA * 3 + 1]! - b.home[rowB * 3 + 1]!
  const dz = a.home[rowA * 3 + 2]! - b.home[rowB * 3 + 2]!
  const h = (dx * dx + dy * dy + dz * dz) / 4
  return EARTH_KM * atan2(Math.sqrt(h), Math.sqrt(Math.max(0, 1 - h)))
}

/** Takes away what was computed of people who cannot be found any more. */
async function forgetOthers(work: JobWork): Promise<void> {
  const { database } = work
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const others = await database.select(
      { id: 'id' },
      `SELECT DISTINCT m.user_id FROM match_scores m LEFT JOIN searchable_users s ON s.user_id = m.user_id
       WHERE s.user_id IS NULL AND m.user_id > ${after} ORDER BY m.user_id LIMIT ${PEOPLE_AT_ONCE}`,
    )
    if (others.size === 0) return
    await work.batch(() => work.replace('match_scores', among('user_id', others.id), 0, {}))
    after = others.id[others.size - 1]!
  }
}
