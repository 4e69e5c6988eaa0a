import { ageOn, DAY_MS, parseDate } from '../../sim/content/index.ts'
import { between, type JobDatabase, type KeyRange } from '../database/database.ts'
import type { Job } from '../job.ts'

const PEOPLE_AT_ONCE = 2000
/** Nobody younger is ever found, whatever the site's rows say. */
const LEAST_AGE = 18

/** One row for everybody who can be found: who has a profile and is of age. */
export const searchableUser: Job = {
  name: 'searchable-user',
  summary: 'One row for everybody who can be found: profile, age, pictures, interests, last seen',
  inputs: ['profiles', 'profile_media', 'user_interests', 'sessions'],
  outputs: ['searchable_users'],
  after: [],
  async run(work) {
    const { database, asOf } = work
    // The day that ends at, or goes on at, this moment.
    const today = Math.floor((asOf - 1) / DAY_MS)
    const total = await database.number('SELECT count(*) FROM profiles')
    let done = 0
    for await (const range of database.ranges('profiles', 'user_id', PEOPLE_AT_ONCE)) {
      const people = await readProfiles(database, range)
      const age = Float64Array.from(people.birthdate, (date) => ageOn(parseDate(date!), today))
      const found = [...age.keys()].filter((row) => age[row]! >= LEAST_AGE)
      const number = (values: (row: number) => number) => Float64Array.from(found, values)
      const text = (values: readonly (string | null)[]) => found.map((row) => values[row]!)
      const photos = await countBy(database, 'count(*)', 'profile_media', range)
      const interests = await countBy(database, 'count(*)', 'user_interests', range)
      const begun = database.ms('started_at')
      const seen = await countBy(database, `max(${begun})`, 'sessions', range, `AND ${begun} < ${asOf}`)
      await work.batch(() =>
        work.replace('searchable_users', between('user_id', range), found.length, {
          user_id: number((row) => people.user_id[row]!),
          display_name: text(people.display_name),
          age: number((row) => age[row]!),
          gender: text(people.gender),
          seeks: text(people.seeks),
          intent: text(people.intent),
          city: text(people.city),
          state: text(people.state),
          country: text(people.country),
          latitude: number((row) => people.latitude[row]!),
          longitude: number((row) => people.longitude[row]!),
          has_bio: number((row) => (people.bio[row] ? 1 : 0)),
          photos: number((row) => photos.get(people.user_id[row]!) ?? 0),
          interest_count: number((row) => interests.get(people.user_id[row]!) ?? 0),
          last_active_at: number((row) => seen.get(people.user_id[row]!) ?? Number.NaN),
        }),
      )
      work.progress((done += people.size), total)
    }
  },
}

function readProfiles(database: JobDatabase, range: KeyRange) {
  return database.select(
    {
      user_id: 'id',
      display_name: 'text',
      bio: 'text',
      birthdate: 'date',
      gender: 'text',
      seeks: 'text',
      intent: 'text',
      city: 'text',
      state: 'text',
      country: 'text',
      latitude: 'float',
      longitude: 'float',
    },
    `SELECT user_id, display_name, CASE WHEN bio <> '' THEN 'x' END, birthdate, gender, seeks, intent, city, state,
       country, latitude, longitude
     FROM profiles WHERE ${between('user_id', range)} ORDER BY user_id`,
  )
}

/** An aggregate of each person's rows. */
async function countBy(database: JobDatabase, what: string, table: string, range: KeyRange, also = '') {
  const found = await database.select(
    { user: 'id', value: 'float' },
    `SELECT user_id, ${what} FROM ${table} WHERE ${between('user_id', range)} ${also} GROUP BY user_id`,
  )
  return new Map(Array.from(found.user, (user, i) => [user, found.value[i]!]))
}
