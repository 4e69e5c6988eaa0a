import { JobDatabase } from '../../jobs/database/database.ts'
import { readRows } from '../../jobs/database/replace.ts'
import { DERIVED, DERIVED_TABLES, openSql, openStore, type SqlBackend } from '../../persist/index.ts'
import { startRun } from '../../run/index.ts'
import { resolveConfig } from '../../sim/index.ts'
import { sorted, type Table } from './oracle.ts'

/** Fills a database with a run, and with people and rows of the site's own. */
export async function fillSite(url: string, seed: string, count: number, days: number): Promise<void> {
  const store = await openStore(url)
  await startRun(store, resolveConfig({ seed, count, startDate: '2024-01-01' } as never), days, { workers: 0 })
  await store.close()
  await onSite(url, async (backend) => {
    for (const sql of OWN_ROWS) await backend.execute(sql)
  })
}

/** People that no run made: one like any other, one under age, one without profile, one with odd words. */
const OWN_ROWS = [
  `INSERT INTO users (id, email, password_hash, created_at) VALUES
   (90001, 'own1@site', 'x', '2025-05-05 10:00:00'), (90002, 'own2@site', 'x', '2025-05-05 10:00:00'),
   (90003, 'own3@site', 'x', '2025-05-05 10:00:00'), (90004, 'own4@site', 'x', '2025-05-05 10:00:00')`,
  `INSERT INTO profiles (user_id, display_name, bio, birthdate, gender, seeks, intent, city, state, country, latitude, longitude, time_zone) VALUES
   (90001, 'O''Wn 1', NULL, '1990-01-31', 'woman', 'man,woman', 'dating', 'Own City', 'OC', 'US', 40.25, -74.125, 'UTC'),
   (90002, 'Young', '', '2008-01-31', 'man', 'woman', 'dating', 'Own City', 'OC', 'US', 40.25, -74.125, 'UTC'),
   (90004, 'Odd', 'x', '1950-12-31', 'man', 'everyone', 'friends', '', '', '', 0, 0, 'UTC')`,
  `INSERT INTO user_interests (user_id, interest_id) SELECT 90001, id FROM interests WHERE id IN (1, 5, 9)`,
  `INSERT INTO interest_dirty (interest_id, marked_at) SELECT id, '2025-05-05 10:00:00' FROM interests i
   WHERE id IN (1, 5, 9) AND NOT EXISTS (SELECT 1 FROM interest_dirty d WHERE d.interest_id = i.id)`,
  `INSERT INTO quiz_answers (user_id, quiz_id, answers, score_vec, created_at)
   SELECT 90001, id, '{"1":"b","2":"zzz","nothing":"a"}', '[]', '2025-05-05 10:00:00' FROM quizzes WHERE id = 1`,
  `INSERT INTO sessions (id, user_id, started_at, ended_at) VALUES
   (900001, 90001, '2024-01-05 12:00:00.5', '2024-01-05 12:30:00'), (900002, 90001, '2025-05-05 12:00:00', '2025-05-05 12:30:00')`,
  `INSERT INTO posts (id, user_id, text, created_at) VALUES (900001, 90001, 'own', '2024-01-06 12:00:00')`,
  `INSERT INTO liked_posts (id, user_id, post_id, created_at) VALUES (900001, 1, 900001, '2024-01-06 13:00:00'), (900002, 2, 900001, '2025-01-06 13:00:00')`,
]

export async function onSite<T>(url: string, work: (backend: SqlBackend) => Promise<T>): Promise<T> {
  const backend = await openSql(url)
  try {
    return await work(backend)
  } finally {
    await backend.close()
  }
}

/** Every derived table, as the oracle has it, with `computed_at` as the last column. */
export function derivedTables(url: string): Promise<Record<string, Table>> {
  return onSite(url, async (backend) => {
    const database = new JobDatabase(backend)
    const tables: Record<string, Table> = {}
    for (const name of DERIVED_TABLES) {
      const { rows, columns, shape } = await readRows(database, DERIVED[name], '1 = 1')
      const cells = Object.keys(shape.columns).map((column) => columns[column]!)
      const value = (cell: string | number | null | undefined) => (Number.isNaN(cell) ? null : (cell ?? null))
      const list = Array.from({ length: rows }, (_, row) => cells.map((cell) => value(cell[row])))
      tables[name] = sorted(list, name === 'quiz_answer_stats' ? 3 : shape.order.length)
    }
    return tables
  })
}

export function withoutMoment(tables: Record<string, Table>): Record<string, Table> {
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.map((row) => row.slice(0, -1))]))
}
