import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cpuNs } from '../record.ts'

type ColumnKind = 'id' | 'integer' | 'text' | 'real' | 'time'

/** The large tables of the reference schema: 99 % of a run's rows. */
const TABLES: Readonly<Record<string, Readonly<Record<string, ColumnKind>>>> = {
  users: { id: 'id', email: 'text', password_hash: 'text', created_at: 'time' },
  profiles: {
    user_id: 'id',
    display_name: 'text',
    bio: 'text',
    birthdate: 'time',
    gender: 'text',
    seeks: 'text',
    intent: 'text',
    city: 'text',
    state: 'text',
    country: 'text',
    latitude: 'real',
    longitude: 'real',
    time_zone: 'text',
  },
  sessions: { id: 'id', user_id: 'integer', started_at: 'time', ended_at: 'time' },
  posts: { id: 'id', user_id: 'integer', text: 'text', created_at: 'time' },
  feed_seen: { id: 'id', user_id: 'integer', post_id: 'integer', seen_at: 'time' },
  profile_views: {
    id: 'id',
    viewer_id: 'integer',
    viewed_id: 'integer',
    viewed_at: 'time',
    source_post_id: 'integer',
  },
  likes: { id: 'id', from_user_id: 'integer', to_user_id: 'integer', action: 'text', created_at: 'time' },
  liked_posts: { id: 'id', user_id: 'integer', post_id: 'integer', created_at: 'time' },
  matches: { id: 'id', user_a_id: 'integer', user_b_id: 'integer', created_at: 'time' },
  messages: { id: 'id', match_id: 'integer', sender_id: 'integer', body: 'text', sent_at: 'time' },
}
/**
 * drizzle-seed knows no unique over two columns. One column of each pair is made unique instead, which spares it the
 * repeats, and foreign keys are off; both make it faster than a fair comparison would.
 */
const UNIQUE: Readonly<Record<string, string>> = {
  feed_seen: 'post_id',
  likes: 'to_user_id',
  liked_posts: 'post_id',
  matches: 'user_b_id',
}
const TEXTS: Readonly<Record<string, string>> = { text: 'sentence', bio: 'sentence', body: 'sentence' }

/**
 * Makes the tables of a database anew in another file, with their uniques and indexes, and lets drizzle-seed fill them
 * with as many rows.
 */
export async function seedLike(
  model: string,
  file: string,
  counts: Readonly<Record<string, number>>,
): Promise<{ rows: number; seconds: number; cpuSeconds: number }> {
  const load = createRequire(join(import.meta.dirname, '../../../bench/peers/package.json'))
  const { createClient } = load('@libsql/client')
  const { drizzle } = load('drizzle-orm/libsql')
  const { sqliteTable, integer, text, real } = load('drizzle-orm/sqlite-core')
  const { seed } = load('drizzle-seed')

  const source = createClient({ url: `file:${model}` })
  const names = Object.keys(TABLES)
  const { rows: made } = await source.execute("select tbl_name, sql from sqlite_master where sql like 'CREATE%'")
  source.close()
  const client = createClient({ url: `file:${file}` })
  await client.execute('pragma foreign_keys = off')
  // As Mingle's own writer has it.
  await client.execute('pragma journal_mode = wal')
  await client.execute('pragma synchronous = normal')
  for (const { tbl_name, sql } of made) if (names.includes(tbl_name)) await client.execute(sql)

  const column: Readonly<Record<ColumnKind, (name: string) => unknown>> = {
    id: (name) => integer(name).primaryKey(),
    integer: (name) => integer(name).notNull(),
    text: (name) => text(name).notNull(),
    real: (name) => real(name).notNull(),
    time: (name) => integer(name).notNull(),
  }
  const schema = Object.fromEntries(
    Object.entries(TABLES).map(([table, columns]) => [
      table,
      sqliteTable(table, Object.fromEntries(Object.entries(columns).map(([name, kind]) => [name, column[kind](name)]))),
    ]),
  )
  const wanted = Object.fromEntries(names.map((table) => [table, counts[table === 'profiles' ? 'users' : table] ?? 0]))
  const db = drizzle(client)
  const start = performance.now()
  const before = cpuNs()
  // biome-ignore lint/suspicious/noExplicitAny: drizzle-seed's generators, loaded where it is installed
  await seed(db, schema, { seed: 1 }).refine((f: any) =>
    Object.fromEntries(
      Object.entries(TABLES).map(([table, columns]) => {
        const generators = Object.entries(columns).map(([name, kind]) => {
          if (kind === 'id') return [name, f.intPrimaryKey()]
          if (kind === 'time') return [name, f.int({ minValue: 1_704_067_200, maxValue: 1_706_659_200 })]
          if (kind === 'integer') {
            const isUnique = UNIQUE[table] === name
            return [name, f.int({ minValue: 1, maxValue: isUnique ? 100_000_000 : wanted.users, isUnique })]
          }
          if (kind === 'real') return [name, f.number({ minValue: -90, maxValue: 90 })]
          if (name === 'email') return [name, f.email()]
          return [name, TEXTS[name] ? f.loremIpsum({ sentencesCount: 1 }) : f.firstName()]
        })
        return [table, { count: Math.max(1, wanted[table]!), columns: Object.fromEntries(generators) }]
      }),
    ),
  )
  const seconds = (performance.now() - start) / 1000
  const cpuSeconds = (cpuNs() - before) / 1e9
  let rows = 0
  for (const table of names) rows += Number((await client.execute(`select count(*) n from ${table}`)).rows[0].n)
  client.close()
  return { rows, seconds, cpuSeconds }
}
