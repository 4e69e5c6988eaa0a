import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Plan } from '../../../persist/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'
import { planOn, prepareFile, preparePostgres, SCHEMAS } from '../mapping/site.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { type Killed, killed, progressOf } from './killed.ts'
import { start } from './program.ts'
import { type Place, postgresTarget, runIn, sqliteTarget, succeeded, type Target, verified } from './targets.ts'

/** Cut-off processes, over all databases of one place; so many of one run before it is brought to its end. */
const KILLS = 6
const IN_A_ROW = 3
const RUN = ['run', '--count', '60', '--days', '20']

const folder = mkdtempSync(join(tmpdir(), 'mingle-mapped-faults-'))
const library = pathToFileURL(join(import.meta.dirname, '../../../dist/index.js')).href
let server: PostgresServer | undefined
let files = 0

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A fixture's configuration beside the metadata of its models in one database, as a site has them. */
function configOf(name: string, { metadata }: Plan): string {
  const own = join(folder, `${name} ${metadata.provider}`)
  mkdirSync(own, { recursive: true })
  const text = readFileSync(join(SCHEMAS, name, 'mingle.config.ts'), 'utf8')
  const file = join(own, 'mingle.config.ts')
  writeFileSync(file, text.replace('../../../../persist/index.ts', library))
  writeFileSync(join(own, 'mingle.json'), JSON.stringify(metadata))
  return file
}

/** The site's database, with its tables and lookup rows. */
async function siteOf(kind: 'sqlite' | 'postgres', name: string): Promise<Target> {
  const mapping = await planOn(kind === 'sqlite' ? 'sqlite' : 'postgresql', name)
  const options = ['--config', configOf(name, mapping)]
  if (kind === 'sqlite') {
    const file = join(folder, `${++files}.db`)
    await prepareFile(file, name)
    return { ...sqliteTarget(file, options), mapping }
  }
  const url = await server!.createDatabase()
  await preparePostgres(url, name)
  // The same keys in every database, so that two can be compared.
  if (name === 'swipes') await query(url, 'UPDATE people."Hobby" SET id = md5(name)::uuid')
  return { ...postgresTarget(url, options), mapping }
}

describe('kill -9 while a run is written through a mapping', () => {
  it.each([
    { kind: 'sqlite', name: 'snake' },
    { kind: 'postgres', name: 'snake' },
    { kind: 'postgres', name: 'swipes' },
  ] as const)('$kind, $name', async ({ kind, name }) => {
    const rng = makeRng(`mapped kills ${kind} ${name}`)
    const place: Place = { kind, writer: 'bulk', run: RUN }
    const uncut = await siteOf(kind, name)
    succeeded(await start(uncut, RUN).ended)
    await verified(uncut)
    const whole = await uncut.tables()
    expect(Object.values(whole).filter(({ rows }) => rows > 0).length).toBeGreaterThan(10)

    const inside: Killed[] = []
    let tooLate = 0
    while (inside.length < KILLS && tooLate < KILLS) {
      const target = await siteOf(kind, name)
      for (let inARow = 0; inARow < IN_A_ROW; inARow++) {
        const one = await killed(target, place, rng, 40)
        if (!one || one.after?.status === 'finished') {
          tooLate++
          break
        }
        if (progressOf(one.after) > progressOf(one.before)) inside.push(one)
        await verified(target)
      }
      const there = await runIn(target)
      if (there?.status !== 'finished') succeeded(await start(target, there ? ['resume'] : RUN).ended)
      await verified(target)
      expect(await target.tables()).toEqual(whole)
    }
    console.log(
      `${kind} ${name}: ${inside.length} kills after the process had committed something, ${tooLate} came too late; ` +
        `last days: ${inside.map(({ after }) => after!.lastDay).join(' ')}`,
    )
    expect(inside.length).toBeGreaterThanOrEqual(KILLS)
  })
})
