import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { openStore, productionSign } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { Workplace } from '../command-line.ts'
import { count } from '../rows.ts'

const RDS = 'abc.eu-west-1.rds.amazonaws.com'

describe('production', () => {
  const place = new Workplace()
  afterAll(() => place.remove())
  afterEach(() => vi.unstubAllEnvs())

  it.each([
    ['postgresql://u:p@db.prod.example.org/site', "'prod' in db.prod.example.org/site"],
    ['postgresql://u:p@prod-db.example.com:5432/site?schema=x', "'prod' in prod-db.example.com/site"],
    ['postgresql://u:p@db1-prd.example.com/site', "'prd'"],
    ['postgresql://u:p@host/site_production?schema=x', "'production' in host/site_production"],
    ['postgresql://u:p@host/site%5Fproduction', "'production'"],
    ['mysql://live-db:3306/site', "'live'"],
    ['postgresql://u:p@prod-db.example.com/site?options=a@b', "'prod' in prod-db.example.com/site"],
    ['postgresql://u:p%40x@a.example.com,prod.example.com/site', "'prod'"],
    ['postgresql://u:p@ss/w@prod.example.com/site', "'prod' in prod.example.com/site"],
    ['postgresql:///site?host=prod-db&user=u', "'prod'"],
    [`postgresql://u:p@site.${RDS}:5432/site`, `site.${RDS} is hosted by Amazon RDS`],
    ['mysql://u:p@SITE.ABC.RDS.AMAZONAWS.COM/site', 'Amazon RDS'],
    ['postgresql://u:p@ep-cool-name-a1b2.eu-central-1.aws.neon.tech/neondb?sslmode=require', 'Neon'],
    ['postgresql://postgres:p@db.abcdefgh.supabase.co:5432/postgres', 'Supabase'],
    ['postgresql://postgres.abc:p@aws-0-eu-west-1.pooler.supabase.com:6543/postgres', 'Supabase'],
    ['mysql://u:p@aws.connect.psdb.cloud/site?sslaccept=strict', 'PlanetScale'],
    ['postgresql://u:p@site.postgres.database.azure.com/site', 'Azure'],
    ['postgresql://u:p@localhost/site?host=/cloudsql/p:r:i', 'Google Cloud SQL'],
    ['postgresql://u:p@containers.railway.app:6000/railway', 'Railway'],
  ])('is seen in %s', (url, sign) => {
    expect(productionSign(url, 'development')).toContain(sign)
    expect(productionSign(url, 'development')).not.toMatch(/p@|p%40|ss\/w/)
    expect(productionSign(url, 'production')).toBe('NODE_ENV is production')
  })

  it.each([
    'postgresql://u:production@localhost/site',
    'postgresql://u:prod@ss@localhost/site',
    'postgresql://production:p@localhost/site',
    'postgresql://u:p@localhost/products',
    'postgresql://u:p@localhost:5432/product_reviews?schema=production',
    'postgresql://u:p@localhost/reproductions',
    'postgresql://u:p@nonprod.example.com/site',
    'postgresql://u:p@pre-prod.example.com/site',
    'postgresql://localhost/olive?application_name=live',
    'postgresql://delivery.example.com/liverpool',
    'postgresql://u:p@neon.tech.example.org/site',
    'mysql://u:p@rds.amazonaws.com.local/site',
    `postgresql://u:p@site-dev.${RDS}/site`,
    `postgresql://u:p@site.${RDS}/site_test`,
    'postgresql://u:p@ep-x.aws.neon.tech/preview',
    'postgresql://u:p@127.0.0.1/site',
    'postgresql://u:p@[::1]:5432/site',
    'postgresql:///site?host=/var/run/postgresql',
    'file:./production.db',
    'ndjson:./production',
    'memory:',
    'nonsense',
  ])('is not seen in %s', (url) => {
    expect(productionSign(url, 'test')).toBeUndefined()
    expect(productionSign(url, undefined)).toBeUndefined()
  })

  it('is refused before anything is written, unless told to', async () => {
    const args = ['run', '--run-seed', 'x', '--count', '5', '--days', '1']
    const refused = await place.mingle(args, { NODE_ENV: 'production' })
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('NODE_ENV is production')
    expect(refused.stderr).toContain('--allow-production')
    expect(readdirSync(place.folder)).toEqual([])
    const reset = await place.mingle(['reset', '--run-seed', 'x'], { NODE_ENV: 'production' })
    expect(reset).toMatchObject({ code: 2, stdout: '' })
    const told = await place.mingle([...args, '--allow-production'], { NODE_ENV: 'production' })
    expect(told.code, told.stderr).toBe(0)
    for (const line of ['extend --days 1', 'activity --days 1', 'resume', 'profiles --run-seed y']) {
      const { code, stderr } = await place.mingle(line.split(' '), { NODE_ENV: 'production' })
      expect([line, code]).toEqual([line, 2])
      expect(stderr).toContain('NODE_ENV is production')
    }
    for (const line of ['runs', 'verify']) {
      expect((await place.mingle([line], { NODE_ENV: 'production' })).code).toBe(0)
    }
  })

  it.each([
    ['prod-db.example.com', "'prod' in prod-db.example.com/site"],
    [`site.${RDS}`, 'hosted by Amazon RDS'],
    ['ep-cool-name.eu-central-1.aws.neon.tech', 'hosted by Neon'],
    ['db.abc.supabase.co', 'hosted by Supabase'],
    ['aws.connect.psdb.cloud', 'hosted by PlanetScale'],
  ])('%s is refused by the command line, which says why and how to go on, and asks nobody', async (host, sign) => {
    const url = `postgresql://u:hunter2@${host}/site`
    const { code, stdout, stderr } = await place.mingle(['run', '--run-seed', 'x', '--database-url', url])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    for (const word of [sign, 'people who do not exist', '--allow-production', 'Nothing was written']) {
      expect(stderr).toContain(word)
    }
    expect(stderr).not.toContain('hunter2')
  })

  it('is refused by the library as well; what keeps nothing is not asked', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const config = configFromSettings({ seed: 'library', count: 5 })
    const url = `file:${join(place.folder, 'library.db')}`
    const store = await openStore(url)
    await expect(startRun(store, config, 1, { workers: 0 })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await store.close()
    expect(readdirSync(place.folder)).not.toContain('library.db')
    for (const [given, options] of [
      [url, { allowProduction: true }],
      ['memory:', {}],
      ['none:', {}],
    ] as const) {
      const allowed = await openStore(given, options)
      await startRun(allowed, config, 1, { workers: 0 })
      await allowed.close()
    }
    const again = await openStore(url)
    const [run] = await again.listRuns()
    expect((await again.verify(run!.id)).difference).toBeNull()
    await expect(again.reset(run!.id, 'all')).rejects.toThrow(/allowProduction: true/)
    await again.close()
  })
})

describe('rows that no run of Mingle made', () => {
  const place = new Workplace()
  afterAll(() => place.remove())

  it('are not written beside, unless told to; it says which, and how to go on', async () => {
    const args = ['run', '--run-seed', 'x', '--count', '5', '--days', '1']
    expect((await place.mingle(args)).code).toBe(0)
    expect((await place.mingle(['reset', '--run-seed', 'x'])).code).toBe(0)
    const { default: Database } = await import('libsql')
    const file = join(place.folder, 'mingle.db')
    const db = new Database(file)
    db.exec(
      "insert into users (email, password_hash, created_at) values ('me@example.org', 'x', '2020-01-01T00:00:00.000+00:00')",
    )
    db.close()
    const { code, stdout, stderr } = await place.mingle(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const word of ['users in file:./mingle.db holds rows', '--into-existing', 'Nothing was written'])
      expect(stderr).toContain(word)
    expect(count(file, 'select count(*) from users')).toBe(1)
    expect((await place.mingle([...args, '--into-existing'])).code).toBe(0)
    // Once a run lives beside them, another is no surprise.
    expect((await place.mingle(['run', '--run-seed', 'y', '--count', '5', '--days', '1'])).code).toBe(0)
    expect(count(file, "select count(*) from users where email = 'me@example.org'")).toBe(1)
  })

  it('and a database of other tables altogether is named', async () => {
    const { default: Database } = await import('libsql')
    const db = new Database(join(place.folder, 'site.db'))
    db.exec('create table customers (id integer primary key)')
    db.close()
    writeFileSync(join(place.folder, 'note.txt'), 'no database')
    const run = (url: string) =>
      place.mingle(['run', '--run-seed', 'x', '--count', '5', '--days', '1', '--database-url', url])
    const other = await run('file:./site.db')
    expect(other.code).not.toBe(0)
    expect(other.stderr).toContain('holds tables that Mingle did not make')
    expect(other.stderr).toContain('mingle init')
    const note = await run('file:./note.txt')
    expect(note.stderr).toContain('is a file but no SQLite database')
  })
})
