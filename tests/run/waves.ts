import { openSql, openStore, type StoreOptions } from '../../persist/index.ts'
import { configFromSettings, extendRun, type LoadedExtension, startRun } from '../../run/index.ts'
import { createSimulation, type EventExtension, FIRST_EXTENSION_KIND } from '../../sim/index.ts'

/** Whoever was liked may wave back, in one of two ways, and rates the post that was last written in the market. */
const waves: EventExtension = {
  name: 'waves',
  purposes: ['whether'],
  facts: [
    {
      kind: 'wave',
      columns: ['k', 'to', 'how', 'at'],
      rows: {
        table: 'waves',
        columns: {
          from_id: { person: 'k' },
          to_id: { person: 'to' },
          how: { word: 'how', of: ['left hand', "the cat's paw"] },
          waved_at: { time: 'at' },
        },
      },
    },
    {
      kind: 'rating',
      columns: ['k', 'post', 'stars'],
      rows: {
        table: 'ratings',
        columns: { user_id: { person: 'k' }, post_id: { post: 'post' }, stars: { number: 'stars' } },
      },
    },
  ],
  attach: (world) => ({
    endDay(_day, { tables }) {
      const { like, post } = tables
      for (let i = 0; i < like.rows; i++) {
        const [from, to] = [like.k[i]!, like.to[i]!]
        if (!world.draws(0, to, 0, world.people.k[from]!).chance(0.2)) continue
        world.schedule(world.now + 1000 + i, FIRST_EXTENSION_KIND, to, from, post.rows > 0 ? post.first : -1)
      }
    },
    handle(_kind, row, other, post, time) {
      const { k } = world.people
      world.record(0, k[row]!, k[other]!, k[row]! % 2, time - world.dayStart)
      if (post >= 0) world.record(1, k[row]!, post, 1 + (k[row]! % 5))
    },
  }),
}
export const loaded: LoadedExtension = { file: 'waves.ts', extension: waves }
const OWN = ['waves', 'ratings'] as const
const config = () => configFromSettings({ seed: 'waves', count: 60 })

/**
 * An extension's rows through a run's life: written, gone on with, verified, changed, removed. What is foreign stays.
 * @returns what a database must have alike
 */
export async function wavesLife(url: string, how: StoreOptions = {}) {
  const on = async <T>(work: (backend: Awaited<ReturnType<typeof openSql>>) => Promise<T>) => {
    const backend = await openSql(url)
    try {
      return await work(backend)
    } finally {
      await backend.close()
    }
  }
  const select = (sql: string) => on((backend) => backend.query(sql))
  const options = { workers: 0, extension: loaded }
  const store = await openStore(url, how)
  const { run } = await startRun(store, config(), 2, options)
  const first = await store.days(run.id)
  const whole = await extendRun(store, 'waves', { days: 2 }, options)
  const rows = await Promise.all(OWN.map((table) => select(`SELECT * FROM ${table} ORDER BY id`)))
  const joined = await select(
    'SELECT count(*) FROM waves w JOIN users a ON a.id = w.from_id JOIN users b ON b.id = w.to_id JOIN likes l ON l.from_user_id = b.id AND l.to_user_id = a.id AND l.created_at < w.waved_at',
  )
  const posts = await select('SELECT count(*) FROM ratings r JOIN posts p ON p.id = r.post_id')
  const before = (await store.verify(run.id)).difference
  await on((backend) => backend.execute("UPDATE waves SET how = 'a nod' WHERE id = 3"))
  const after = (await store.verify(run.id)).difference
  const removal = await store.removal(run.id, 'activity')
  await store.reset(run.id, 'activity')
  const emptied = await Promise.all(
    OWN.map(async (table) => Number((await select(`SELECT count(*) FROM ${table}`))[0]![0])),
  )
  await store.reset(run.id, 'all')
  await store.close()
  return { first, whole, rows, joined, posts, before, after, removal, emptied }
}

/** The digest that a run of so many days has without a database. */
export function digestOfWaves(days: number): string {
  const run = createSimulation({ seed: 'waves', count: 60 }, waves)
  for (let day = 0; day < days; day++) run.runDay()
  return run.digest
}
