import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDatabase, type MingleConfig, openStore, problemText, to } from '../../../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { soundPlan, tablesOf } from '../attached.ts'
import { schema } from '../schema-text.ts'
import type { Mariadb } from '../site.ts'

if (!MARIADBD) console.log('No mariadbd here: what MariaDB knows and a schema does not say is left out.')

let maria: Mariadb
beforeAll(async () => {
  if (MARIADBD) maria = await startMariadb(MARIADBD)
})
afterAll(() => maria?.stop())

const SITE = {
  ...schema(
    {
      User: { id: 'Int id auto', email: 'String unique', joined: 'DateTime', born: 'DateTime Date' },
      Post: { id: 'String id uuid', by: 'Int >User.id', text: 'String', at: 'DateTime', raw: 'Bytes' },
      Pair: { id: 'Int id auto', a: 'Int >User.id', b: 'Int >User.id', aSays: 'String?', bSays: 'String?' },
    },
    { uniques: { Pair: [['a', 'b']] } },
  ),
  provider: 'mysql' as const,
}
const sides = { low_user_id: 'a', high_user_id: 'b' } as const
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email', created_at: 'joined', birthdate: 'born' }),
  post: to(
    'Post',
    { id: 'id', user_id: 'by', text: 'text', created_at: 'at' },
    { set: { raw: (row) => new TextEncoder().encode(`'"\\ ${row.text}`) } },
  ),
  like: [
    to('Pair', { ...sides, action: 'aSays' }, { where: { side: 'low' }, fold: ['a', 'b'] }),
    to('Pair', { ...sides, action: 'bSays' }, { where: { side: 'high' }, fold: ['a', 'b'] }),
  ],
}
const CONFIG = configFromSettings({ seed: 'maria', count: 60 })
const WRITERS = ['bulk', 'prisma'] as const

async function site(extra: readonly string[] = []): Promise<{ url: string; name: string }> {
  const made = await maria.createDatabase()
  for (const sql of [...(await tablesOf(SITE, 'mysql')), ...extra]) await maria.query(made.name, sql)
  return made
}

const open = (url: string, writer: string) =>
  openStore(url, {
    mapping: soundPlan(SITE, MAP),
    intoExisting: true,
    writer,
    ...(writer === 'prisma' && { pauseMs: 0 }),
  })

/** What is said where a run cannot be made or goes no further. */
async function refusalOf(url: string, writer = 'bulk'): Promise<string> {
  try {
    const store = await open(url, writer)
    try {
      await startRun(store, CONFIG, 3, { workers: 0 })
    } finally {
      await store.close()
    }
    return 'nothing'
  } catch (error) {
    expect((error as { code?: string }).code, (error as Error).message).toBe('BAD_INPUT')
    return (error as Error).message
  }
}

const count = async (name: string, table: string) =>
  Number((await maria.query(name, `SELECT count(*) AS n FROM ${table}`))[0]!.n)

/** What a server may have for every session that begins, and what it has by default. */
const GLOBALS: Readonly<Record<string, readonly [odd: string, usual: string]>> = {
  sql_mode: ["'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH'", "'STRICT_TRANS_TABLES'"],
  time_zone: ["'+05:30'", "'SYSTEM'"],
  sql_select_limit: ['3', '18446744073709551615'],
  sql_safe_updates: ['1', '0'],
  completion_type: ["'CHAIN'", "'NO_CHAIN'"],
  max_statement_time: ['0.0001', '0'],
  foreign_key_checks: ['0', '1'],
  sql_auto_is_null: ['1', '0'],
}

describe.skipIf(!MARIADBD).each(WRITERS)('%s: a server with its own ways', (writer) => {
  it('values are written and read as ever', async () => {
    const { url, name } = await site()
    const set = async (which: 0 | 1) => {
      const pairs = Object.entries(GLOBALS).map(([key, values]) => `GLOBAL ${key} = ${values[which]}`)
      await maria.query('mysql', `SET ${pairs.join(', ')}`)
    }
    await set(0)
    try {
      const store = await open(url, writer)
      const { run } = await startRun(store, CONFIG, 3, { workers: 0 })
      expect((await store.verify(run.id)).difference).toBeNull()
      await store.close()
      const again = await open(url, writer)
      await extendRun(again, CONFIG.seed, { days: 1 }, { workers: 0 })
      expect((await again.verify(run.id)).difference).toBeNull()
      await again.close()
    } finally {
      await set(1)
    }
    const [row] = await maria.query(
      name,
      `SELECT count(*) AS n, sum(raw = concat('''"\\\\ ', text)) AS same, min(at) AS first, max(date(at)) AS last FROM Post`,
    )
    expect(Number(row!.n)).toBeGreaterThan(5)
    expect(Number(row!.same)).toBe(Number(row!.n))
    expect(String(row!.first)).toMatch(/^2024-01-01 /)
    expect(String(row!.last)).toBe('2024-01-04')
    const early = await maria.query(name, 'SELECT 1 FROM Post p JOIN User u ON u.id = p.by WHERE p.at <= u.joined')
    expect(early).toEqual([])
  })

  it.each([
    [
      'a CHECK',
      ['ALTER TABLE Post ADD CONSTRAINT short CHECK (char_length(text) < 2)'],
      /a CHECK of the database refuses the row.*short/s,
    ],
    [
      'a trigger',
      [
        "CREATE TRIGGER no BEFORE INSERT ON Post FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no posts today'",
      ],
      /a trigger of the site refuses the row.*no posts today/s,
    ],
    [
      'a trigger that makes another value of one',
      ["CREATE TRIGGER loud BEFORE INSERT ON Post FOR EACH ROW SET NEW.text = concat(NEW.text, '!')"],
      /^post → Post\.text: the database keeps ".*!" where ".*" was written/s,
    ],
    [
      'a partition that lacks a day',
      [
        'DROP TABLE Post',
        "CREATE TABLE Post (id varchar(36), `by` int, text varchar(1000), at datetime(3), raw longblob) DEFAULT CHARACTER SET utf8mb4 PARTITION BY RANGE COLUMNS (at) (PARTITION old VALUES LESS THAN ('2024-01-02'))",
      ],
      /no partition of 'Post' takes it/,
    ],
    [
      'a unique of the first letters',
      ['ALTER TABLE Post ADD UNIQUE one (text(1))'],
      /a row with the same unique is there already.*one/s,
    ],
  ])('%s is told with fact and model, and nothing of the step is kept', async (_, sql, message) => {
    const { url, name } = await site(sql)
    const said = await refusalOf(url, writer)
    expect(said).toMatch(/^post → Post[.:]/)
    expect(said).toMatch(message)
    if (writer === 'bulk') expect(await maria.query(name, "SELECT 1 FROM Post WHERE at >= '2024-01-02'")).toEqual([])
  })
})

describe.skipIf(!MARIADBD)('what the schema does not say is said before a run is made', () => {
  it.each([
    [
      'a column added by hand',
      ['ALTER TABLE User ADD plan varchar(9) NOT NULL'],
      /User\.plan.*wants a value in 'plan' \(NOT NULL, no default\), and user → User gives none\n\s+paste: ALTER TABLE/s,
    ],
    [
      'a column that is computed',
      ['ALTER TABLE Post DROP raw', 'ALTER TABLE Post ADD raw longblob AS (text) STORED'],
      /Post\.raw.*computes 'raw' itself/s,
    ],
    ['a column that is missing', ['ALTER TABLE Post DROP at'], /has no column 'at'/],
    ['a table that is missing', ['DROP TABLE Post'], /has no table 'Post'/],
    [
      'a view',
      ['RENAME TABLE Post TO posts_', 'CREATE VIEW Post AS SELECT * FROM posts_'],
      /'Post' is a view: no rows can be written to it/,
    ],
    [
      'a character set without emoji',
      ['ALTER TABLE Post MODIFY text varchar(1000) CHARACTER SET utf8mb3 NOT NULL'],
      /Post\.text.*'text' has emoji, and the database keeps 'text' in utf8mb3.*\n\s+paste: ALTER TABLE Post CONVERT TO CHARACTER SET utf8mb4/s,
    ],
    [
      'a unique that two posts can break',
      ['ALTER TABLE Post ADD UNIQUE once (`by`, text)'],
      /Post\.text.*no two rows may share by, text.*the database has this unique, the Prisma schema does not/s,
    ],
    [
      'a text that became shorter',
      ['ALTER TABLE Post MODIFY text varchar(3) NOT NULL'],
      /Post\.text.*'text' has up to 1000 characters, the field takes 3: 'varchar\(3\)' in the database/s,
    ],
    [
      'times without their thousandths',
      ['ALTER TABLE Post MODIFY at datetime NOT NULL'],
      /Post\.at.*keeps less of a second than facts have: 'datetime' in the database/s,
    ],
    [
      'no unique to fold by',
      ['ALTER TABLE Pair ADD INDEX (a)', 'ALTER TABLE Pair DROP INDEX a'],
      /Pair\.a.*rows are folded by \(a, b\), and the database has no unique on just these columns/s,
    ],
  ])('%s', async (_, sql, message) => {
    const { url, name } = await site(sql)
    expect(await refusalOf(url)).toMatch(message)
    expect((await checkDatabase(url, soundPlan(SITE, MAP))).problems.map(problemText).join('\n')).toMatch(message)
    expect(await count(name, 'seed_runs')).toBe(0)
  })

  it('a column that a trigger may fill is left to it; checks and triggers are notes', async () => {
    const { url } = await site([
      'ALTER TABLE User ADD slug varchar(60) NOT NULL',
      'CREATE TRIGGER slugs BEFORE INSERT ON User FOR EACH ROW SET NEW.slug = NEW.email',
      'ALTER TABLE Post ADD CONSTRAINT some CHECK (char_length(text) < 5000)',
    ])
    const { problems, notes } = await checkDatabase(url, soundPlan(SITE, MAP))
    expect(problems).toEqual([])
    expect(notes.map(problemText).join('\n')).toMatch(
      /trigger · User.*sets off slugs.*asked by the database · Post\.text.*char_length.*5000 \(some\)/s,
    )
    expect(await refusalOf(url)).toBe('nothing')
  })

  it('a server or a session that is read-only', async () => {
    const { url, name } = await site()
    await maria.query('mysql', 'SET GLOBAL tx_read_only = 1')
    try {
      expect(await refusalOf(url)).toMatch(/the session is read-only \(tx_read_only is on\)/)
    } finally {
      await maria.query('mysql', 'SET GLOBAL tx_read_only = 0')
    }
    expect(await count(name, 'seed_runs')).toBe(0)
  })

  // The last: rights are looked at from here on.
  it('rights, a server that is read-only for this user, and what it says to every new session', async () => {
    const { url, name } = await site()
    await maria.lookAtRights()
    await maria.query('mysql', "CREATE USER visitor@'%' IDENTIFIED BY 'visitor'")
    await maria.query('mysql', `GRANT SELECT, UPDATE, DELETE, REFERENCES ON ${name}.* TO visitor@'%'`)
    for (const table of ['Post', 'Pair', 'seed_runs', 'seed_run_segments', 'seed_run_days', 'seed_people'])
      await maria.query('mysql', `GRANT INSERT ON ${name}.${table} TO visitor@'%'`)
    const visitor = url.replace('mingle:password', 'visitor:visitor')
    expect(await refusalOf(visitor)).toMatch(/this user may not insert into 'User'\n\s+paste: GRANT INSERT ON/)
    await maria.query('mysql', `GRANT INSERT ON ${name}.* TO visitor@'%'`)
    await maria.query('mysql', 'SET GLOBAL read_only = 1')
    try {
      expect(await refusalOf(visitor)).toMatch(/the server is read-only \(read_only is on\)/)
    } finally {
      await maria.query('mysql', 'SET GLOBAL read_only = 0')
    }
    await maria.query('mysql', "SET GLOBAL init_connect = 'SET NAMES latin1, sql_select_limit = 2'")
    try {
      expect(await refusalOf(visitor)).toBe('nothing')
    } finally {
      await maria.query('mysql', "SET GLOBAL init_connect = ''")
    }
    const same = await maria.query(
      name,
      `SELECT 1 FROM Post WHERE raw <> convert(concat('''"\\\\ ', text) USING utf8mb4)`,
    )
    expect(same).toEqual([])
    expect(await count(name, 'Post')).toBeGreaterThan(5)
  })
})
