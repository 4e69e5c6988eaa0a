import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDatabase, type MingleConfig, openStore, problemText, to } from '../../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { soundPlan, tablesOf } from '../attached.ts'
import { schema } from '../schema-text.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const SITE = {
  ...schema({
    User: { id: 'Int id auto', email: 'String unique', joined: 'DateTime', born: 'DateTime Date', lat: 'Float Real' },
    Post: { id: 'String id uuid', by: 'Int >User.id', text: 'String', at: 'DateTime', raw: 'Bytes' },
  }),
  provider: 'postgresql' as const,
}
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email', created_at: 'joined', birthdate: 'born', latitude: 'lat' }),
  post: to(
    'Post',
    { id: 'id', user_id: 'by', text: 'text', created_at: 'at' },
    {
      set: { raw: (row) => new TextEncoder().encode(row.text) },
    },
  ),
}
const CONFIG = configFromSettings({ seed: 'pg', count: 60 })
const WRITERS = ['bulk', 'prisma'] as const

async function site(extra: readonly string[] = []): Promise<string> {
  const url = await server.createDatabase()
  for (const sql of [...(await tablesOf(SITE, 'postgresql')), ...extra]) await query(url, sql)
  return url
}

const open = (url: string, writer: string, map = MAP) =>
  openStore(url, {
    mapping: soundPlan(SITE, map),
    intoExisting: true,
    writer,
    ...(writer === 'prisma' && { pauseMs: 0 }),
  })

/** Settings by which sessions begin that read and write in other ways. */
const ODD: Readonly<Record<string, string>> = {
  intervalstyle: "'iso_8601'",
  standard_conforming_strings: 'off',
  client_encoding: "'LATIN1'",
  array_nulls: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: "'serializable'",
  default_transaction_deferrable: 'on',
  search_path: "'nowhere'",
  lc_messages: "'C'",
  xmlbinary: "'hex'",
  lock_timeout: '1',
  idle_in_transaction_session_timeout: "'50ms'",
}

/** A run of three days; verify's difference. */
async function runInto(url: string, writer: string, map = MAP) {
  const store = await open(url, writer, map)
  try {
    const { run } = await startRun(store, CONFIG, 3, { workers: 0 })
    return (await store.verify(run.id)).difference
  } finally {
    await store.close()
  }
}

/** What is said where a run cannot begin, and that none did. */
async function refusalOf(url: string, writer = 'bulk', map = MAP): Promise<string> {
  const store = await open(url, writer, map)
  try {
    await startRun(store, CONFIG, 3, { workers: 0 })
    return 'nothing'
  } catch (error) {
    expect((error as { code?: string }).code).toBe('BAD_INPUT')
    return (error as Error).message
  } finally {
    await store.close()
  }
}

const runs = async (url: string) => (await query(url, 'SELECT count(*) AS n FROM seed_runs'))[0]!.n

describe.each(WRITERS)('%s: a database with its own ways', (writer) => {
  it.each([writer === 'bulk' ? 'German' : 'SQL, DMY'])('DateStyle %s, single precision, bytes', async (style) => {
    const url = await site()
    const name = new URL(url).pathname.slice(1)
    await query(url, `ALTER DATABASE ${name} SET datestyle = '${style}'`)
    await query(url, `ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata'`)
    await query(url, `ALTER DATABASE ${name} SET extra_float_digits = -10`)
    await query(url, `ALTER DATABASE ${name} SET bytea_output = 'escape'`)
    for (const [setting, value] of Object.entries(ODD))
      await query(url, `ALTER DATABASE ${name} SET ${setting} = ${value}`)
    await query(url, `ALTER DATABASE ${name} SET statement_timeout = '300ms'`).catch(() => {})
    expect(await runInto(url, writer)).toBeNull()
    await query(`${url}?options=-c%20statement_timeout%3D0`, 'SELECT 1')
    const [row] = await query(
      `${url}?options=-c%20statement_timeout%3D0%20-c%20datestyle%3DISO%20-c%20search_path%3Dpublic`,
      `SELECT count(*) AS n, sum((raw = convert_to(text, 'UTF8'))::int) AS same, min(at)::text AS first FROM "Post"`,
    )
    expect(Number(row!.n)).toBeGreaterThan(5)
    expect(row!.same).toBe(row!.n)
    expect(row!.first).toMatch(/^20\d\d-/)
  })

  it.each([
    ['a sequence that the column does not own', 'ALTER SEQUENCE "User_id_seq" OWNED BY NONE'],
    [
      'an identity that is always generated',
      'ALTER TABLE "User" ALTER id DROP DEFAULT',
      'ALTER TABLE "User" ALTER id ADD GENERATED ALWAYS AS IDENTITY',
    ],
  ])("the site's next insert follows: %s", async (_, ...sql) => {
    const url = await site(sql)
    expect(await runInto(url, writer)).toBeNull()
    const own = `INSERT INTO "User" (email, joined, born, lat) VALUES ('own@example.com', now(), now(), 1) RETURNING id`
    const [row] = await query(url, own)
    expect(Number(row!.id)).toBe(61)
  })

  it.each([
    [
      'a CHECK',
      ['ALTER TABLE "Post" ADD CONSTRAINT short CHECK (length(text) < 2)'],
      /a CHECK of the database refuses the row.*short/s,
    ],
    [
      'a unique of an expression',
      ['CREATE UNIQUE INDEX one ON "Post" (left(text, 1))'],
      /a row with the same unique is there already.*one/s,
    ],
    [
      'a trigger',
      [
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no posts today'; END $$",
        'CREATE TRIGGER no BEFORE INSERT ON "Post" FOR EACH ROW EXECUTE FUNCTION no()',
      ],
      /a trigger of the site refuses the row.*no posts today/s,
    ],
    [
      'a trigger that makes another value of one',
      [
        "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.text = upper(NEW.text) || '!'; RETURN NEW; END $$",
        'CREATE TRIGGER loud BEFORE INSERT ON "Post" FOR EACH ROW EXECUTE FUNCTION loud()',
      ],
      /^post → Post\.text: the database keeps ".*!" where ".*" was written/s,
    ],
    [
      'a trigger that waits for the end',
      [
        "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'looked at later'; END $$",
        'CREATE CONSTRAINT TRIGGER late AFTER INSERT ON "Post" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late()',
      ],
      /a trigger of the site refuses the row.*looked at later/s,
    ],
    [
      'an enum that lacks a word',
      [`CREATE TYPE words AS ENUM ('a')`, 'ALTER TABLE "Post" ALTER text TYPE words USING text::words'],
      /a value is none that its column takes/,
    ],
  ])('%s that refuses a row while it is written is told with fact and model', async (_, sql, message) => {
    const url = await site(sql)
    const said = await refusalOf(url, writer)
    expect(said).toMatch(/^(?:user|post) → (?:User|Post)[.:]/)
    expect(said).toMatch(message)
    if (writer === 'bulk') expect((await query(url, 'SELECT count(*) AS n FROM "Post"'))[0]!.n).toBe('0')
  })
})

describe('what the schema does not say is said before a run is made', () => {
  it.each([
    [
      'a column added by hand',
      ['ALTER TABLE "User" ADD plan text NOT NULL'],
      /User\.plan.*the database wants a value in 'plan' \(NOT NULL, no default\), and user → User gives none\n\s+paste: ALTER TABLE/s,
    ],
    [
      'a column that is computed',
      ['ALTER TABLE "User" DROP lat', 'ALTER TABLE "User" ADD lat real GENERATED ALWAYS AS (1) STORED'],
      /User\.lat.*computes 'lat' itself/s,
    ],
    [
      'a view',
      ['ALTER TABLE "Post" RENAME TO posts', 'CREATE VIEW "Post" AS SELECT * FROM posts'],
      /Post.*'Post' is a view/s,
    ],
    [
      'partitions that are missing',
      [
        'DROP TABLE "Post"',
        'CREATE TABLE "Post" (id text, by int, text text, at timestamp, raw bytea) PARTITION BY RANGE (at)',
      ],
      /'Post' is partitioned and has no partition/,
    ],
    ['a table that is missing', ['DROP TABLE "Post"'], /has no table 'Post'/],
    [
      'a text that became shorter',
      ['ALTER TABLE "Post" ALTER text TYPE varchar(3)'],
      /Post\.text.*'text' has up to 1000 characters, the field takes 3: 'varchar' in the database/s,
    ],
    [
      'times of whole seconds',
      ['ALTER TABLE "Post" ALTER at TYPE timestamp(0)'],
      /Post\.at.*keeps less of a second than facts have/s,
    ],
    [
      'a domain that wants a value',
      ['CREATE DOMAIN grade AS text NOT NULL', 'ALTER TABLE "User" ADD grade grade'],
      /User\.grade.*wants a value in 'grade'/s,
    ],
    [
      'a unique that two posts can break',
      ['CREATE UNIQUE INDEX once ON "Post" ("by", text)'],
      /Post\.text.*no two rows may share by, text.*the database has this unique, the Prisma schema does not/s,
    ],
  ])('%s', async (_, sql, message) => {
    const url = await site(sql)
    expect(await refusalOf(url)).toMatch(message)
    expect((await checkDatabase(url, soundPlan(SITE, MAP))).problems.map(problemText).join('\n')).toMatch(message)
    expect(await runs(url)).toBe('0')
  })

  it('a column that a trigger may fill is left to it; checks and triggers are notes; a partial unique is nobody’s', async () => {
    const url = await site([
      'ALTER TABLE "User" ADD slug text NOT NULL',
      'CREATE FUNCTION slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.slug = NEW.email; RETURN NEW; END $$',
      'CREATE TRIGGER slugs BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION slug()',
      'ALTER TABLE "Post" ADD CONSTRAINT sane CHECK (length(text) < 5000 AND "by" > 0)',
      `CREATE UNIQUE INDEX pinned ON "Post" ("by") WHERE text = 'pinned'`,
    ])
    const { problems, notes } = await checkDatabase(url, soundPlan(SITE, MAP))
    expect(problems).toEqual([])
    expect(notes.map(problemText).join('\n')).toMatch(
      /trigger · User.*sets off slugs.*asked by the database · Post\.\w+.*length\(text\) < 5000.*\(sane\)/s,
    )
    expect(await refusalOf(url)).toBe('nothing')
  })

  it('a database that keeps no emoji', async () => {
    const url = await site()
    const name = `latin_${Date.now()}`
    await query(url, `CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`)
    const latin = url.replace(/\/\w+$/, `/${name}`)
    for (const sql of await tablesOf(SITE, 'postgresql')) await query(latin, sql)
    expect(await refusalOf(latin)).toMatch(/Post\.text.*'text' has emoji, and the database keeps 'text' in LATIN1/s)
  })

  it('row level security, rights, and a session that is read-only', async () => {
    const url = await site([
      'ALTER TABLE "Post" ENABLE ROW LEVEL SECURITY',
      "CREATE ROLE visitor LOGIN PASSWORD 'visitor'",
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor',
      'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO visitor',
      'REVOKE INSERT ON "User" FROM visitor',
    ])
    const visitor = url.replace('postgres:password', 'visitor:visitor')
    const said = await refusalOf(visitor)
    expect(said).toMatch(/row level security holds for this user in 'Post'/)
    expect(said).toMatch(/may not insert into 'User'\n\s+paste: GRANT INSERT ON "User"/)
    expect(await refusalOf(`${url}?options=-c%20default_transaction_read_only%3Don`)).toMatch(
      /is read-only|session is read-only/,
    )
    expect(await runs(url)).toBe('0')
  })

  it('a partition that lacks a day is named while it is written', async () => {
    const url = await site([
      'DROP TABLE "Post"',
      'CREATE TABLE "Post" (id text, by int, text text, at timestamp, raw bytea) PARTITION BY RANGE (at)',
      `CREATE TABLE one PARTITION OF "Post" FOR VALUES FROM ('2000-01-01') TO ('2000-02-01')`,
    ])
    expect(await refusalOf(url)).toMatch(/post → Post: no partition of 'Post' takes it/)
  })
})

describe('connections', () => {
  it('a pooler that changes sessions is refused in words', async () => {
    for (const writer of WRITERS) {
      await expect(
        open('postgresql://u:p@127.0.0.1:1/x?pgbouncer=true', writer).then((store) => store.findRun('x')),
      ).rejects.toThrow(/is a pooler \(pgbouncer\).*directUrl/)
    }
  })

  it.each([
    ['sslmode=prefer', null],
    ['sslmode=allow', null],
    ['sslmode=disable', null],
    ['sslmode=require', /speaks no TLS; sslmode=prefer/],
    [
      'sslmode=verify-full&sslrootcert=/no/such/ca.pem',
      /sslrootcert names \/no\/such\/ca\.pem, and there is no such file/,
    ],
    ['sslmode=yes', /sslmode is one of disable, allow, prefer/],
    ['sslaccept=perhaps', /sslaccept is strict or accept_invalid_certs/],
  ])('a server without TLS, %s', async (parameter, message) => {
    const url = `${await site()}?${parameter}`
    const store = open(url, 'bulk').then(async (each) => {
      await each.findRun('nobody').finally(() => each.close())
    })
    if (message) await expect(store).rejects.toThrow(message)
    else await store
  })
})
