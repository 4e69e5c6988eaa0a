import { among, type KeyRange } from '../database/database.ts'
import { rounded } from '../database/rounded.ts'
import type { Job } from '../job.ts'
import type { JobWork } from '../work.ts'

/** Dirty interests in one transaction. */
const INTERESTS_AT_ONCE = 50
/** Rows of the table whose moment is set in one transaction, about. */
const ROWS_AT_ONCE = 10_000

/**
 * Pairs of interests that the same people have, both ways round. The score is the cosine of their two sets of people,
 * which depends on nobody else: so only pairs that a dirty interest is in change, and the others hold as of now, too.
 */
export const interestRelationships: Job = {
  name: 'interest-relationships',
  summary: 'Pairs of interests by the people who have both: the cosine of the two sets',
  inputs: ['user_interests', 'interest_dirty'],
  consumes: ['interest_dirty'],
  outputs: ['interest_relationships'],
  after: [],
  async run(work) {
    const { database } = work
    if (work.isFresh('interest_relationships')) await markAll(work)
    const total = await database.number('SELECT count(*) FROM interest_dirty')
    for (let done = 0; ; ) {
      const dirty = await database.select(
        { id: 'id', at: 'float' },
        `SELECT interest_id, ${database.ms('marked_at')} FROM interest_dirty ORDER BY interest_id LIMIT ${INTERESTS_AT_ONCE}`,
      )
      if (dirty.size === 0) break
      await work.batch(() => relate(work, dirty.id, Math.max(...dirty.at)))
      work.progress((done += dirty.size), Math.max(done, total))
    }
    await renew(work)
  },
}

/** Everything is to be computed: said in the table, so that a job that was cut off goes on with what is left. */
async function markAll({ database, asOf }: JobWork): Promise<void> {
  await database.transaction(() =>
    database.execute(
      `INSERT INTO interest_dirty (interest_id, marked_at)
       SELECT DISTINCT interest_id, ${database.moment(asOf)} FROM user_interests
       WHERE interest_id NOT IN (SELECT interest_id FROM interest_dirty)`,
    ),
  )
}

async function relate(work: JobWork, dirty: Float64Array, markedAt: number): Promise<void> {
  const { database } = work
  const isDirty = new Set(dirty)
  const pairs = await database.select(
    { a: 'id', b: 'id', shared: 'int' },
    `SELECT a.interest_id, b.interest_id, count(*) FROM user_interests a
     JOIN user_interests b ON b.user_id = a.user_id AND b.interest_id <> a.interest_id
     WHERE ${among('a.interest_id', dirty)} GROUP BY a.interest_id, b.interest_id`,
  )
  const counts = await database.select(
    { id: 'id', users: 'int' },
    `SELECT interest_id, count(*) FROM user_interests
     WHERE ${among('interest_id', new Set([...pairs.a, ...pairs.b]))} GROUP BY interest_id`,
  )
  const usersOf = new Map(Array.from(counts.id, (id, i) => [id, counts.users[i]!]))
  const interest: number[] = []
  const related: number[] = []
  const shared: number[] = []
  const score: number[] = []
  const add = (a: number, b: number, both: number) => {
    interest.push(a)
    related.push(b)
    shared.push(both)
    score.push(rounded(both / Math.sqrt(usersOf.get(a)! * usersOf.get(b)!)))
  }
  for (let i = 0; i < pairs.size; i++) {
    add(pairs.a[i]!, pairs.b[i]!, pairs.shared[i]!)
    // A pair of two dirty interests is found from both sides.
    if (!isDirty.has(pairs.b[i]!)) add(pairs.b[i]!, pairs.a[i]!, pairs.shared[i]!)
  }
  await work.replace(
    'interest_relationships',
    `${among('interest_id', dirty)} OR ${among('related_id', dirty)}`,
    interest.length,
    {
      interest_id: Float64Array.from(interest),
      related_id: Float64Array.from(related),
      shared_users: Float64Array.from(shared),
      score: Float64Array.from(score),
    },
    false,
  )
  // What was marked again meanwhile is left for the next time.
  await database.execute(
    `DELETE FROM interest_dirty WHERE ${among('interest_id', dirty)} AND ${database.ms('marked_at')} <= ${markedAt}`,
  )
}

/** Pairs that nothing happened to hold as of now. */
async function renew(work: JobWork): Promise<void> {
  const { database, asOf, earlier } = work
  if (earlier.length === 0) return
  const old = `computed_at IN (${earlier.map((at) => database.moment(at)).join(', ')})`
  const keys = await database.select(
    { id: 'id', rows: 'int' },
    `SELECT interest_id, count(*) FROM interest_relationships WHERE ${old} GROUP BY interest_id ORDER BY interest_id`,
  )
  for (let from = 0; from < keys.size; ) {
    const range: KeyRange = { first: keys.id[from]!, last: keys.id[from]! }
    let rows = 0
    let to = from
    for (; to < keys.size && rows < ROWS_AT_ONCE; to++) rows += keys.rows[to]!
    await work.batch(() =>
      database.execute(
        `UPDATE interest_relationships SET computed_at = ${database.moment(asOf)}
         WHERE ${old} AND interest_id BETWEEN ${range.first} AND ${keys.id[to - 1]!}`,
      ),
    )
    work.changes.updated += rows
    from = to
  }
}
