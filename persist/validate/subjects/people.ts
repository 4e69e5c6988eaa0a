import { type Sql, type SqlRow, toNumber, toTime } from '../sql.ts'

/** A person of the run, as the database has them. Traits and coordinates are rounded to floats, as the model holds them. */
export interface Person {
  readonly userId: number
  /** 0 woman, 1 man, 2 nonbinary. */
  readonly gender: number
  /** Sign-up in ms since the run's start. */
  readonly joinedAt: number
  /** Birthday in days since 1970-01-01. */
  readonly birthDay: number
  /** In completed years, on the run's first day or the day of joining. */
  readonly age: number
  readonly latitude: number
  readonly longitude: number
  readonly timeZone: string
  readonly sociability: number
  readonly selectivity: number
  readonly engagement: number
  readonly neverPosts: boolean
  readonly hasBio: boolean
  readonly quizzes: number
  readonly photos: number
  readonly interests: number
}

const GENDERS = ['woman', 'man', 'nonbinary']

export async function readPeople(sql: Sql): Promise<Map<number, Person>> {
  const rows = await sql.rows(`
    SELECT s.user_id, s.sociability, s.selectivity, s.engagement, s.flags, u.created_at, p.gender, p.birthdate,
      p.latitude, p.longitude, p.time_zone, CASE WHEN p.bio IS NULL OR p.bio = '' THEN 0 ELSE 1 END AS bio,
      (SELECT count(*) FROM quiz_answers q WHERE q.user_id = s.user_id) AS quizzes,
      (SELECT count(*) FROM profile_media m WHERE m.user_id = s.user_id) AS photos,
      (SELECT count(*) FROM user_interests i WHERE i.user_id = s.user_id) AS interests
    FROM seed_people s JOIN users u ON u.id = s.user_id LEFT JOIN profiles p ON p.user_id = s.user_id
    WHERE s.run_id = ${sql.runId} ORDER BY s.k`)
  return new Map(rows.map((row) => [toNumber(row.user_id), personOf(row, sql.startMs)]))
}

function personOf(row: SqlRow, startMs: number): Person {
  const created = toTime(row.created_at)
  const birth = toTime(row.birthdate)
  return {
    userId: toNumber(row.user_id),
    gender: GENDERS.indexOf(String(row.gender)),
    joinedAt: created - startMs,
    birthDay: Math.round(birth / 86_400_000),
    age: yearsBetween(new Date(birth), new Date(Math.max(created, startMs))),
    latitude: Math.fround(Number(row.latitude)),
    longitude: Math.fround(Number(row.longitude)),
    timeZone: String(row.time_zone),
    sociability: Math.fround(Number(row.sociability)),
    selectivity: Math.fround(Number(row.selectivity)),
    engagement: Math.fround(Number(row.engagement)),
    neverPosts: (toNumber(row.flags) & 1) !== 0,
    hasBio: toNumber(row.bio) === 1,
    quizzes: toNumber(row.quizzes),
    photos: toNumber(row.photos),
    interests: toNumber(row.interests),
  }
}

function yearsBetween(birth: Date, day: Date): number {
  const years = day.getUTCFullYear() - birth.getUTCFullYear()
  const months = day.getUTCMonth() - birth.getUTCMonth()
  const before = months < 0 || (months === 0 && day.getUTCDate() < birth.getUTCDate())
  return before ? years - 1 : years
}
