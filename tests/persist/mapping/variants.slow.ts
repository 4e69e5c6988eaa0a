import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersAs, keyOf, type MingleConfig, rows, to } from '../../../persist/index.ts'
import { schema } from './schema-text.ts'
import { DATABASES, ThreeDatabases } from './three-databases.ts'

/** What was once wrong of a mapping, by other examples than those that showed it, in every database. */
const three = new ThreeDatabases()
beforeAll(() => three.start())
afterAll(() => three.stop())

const clean = { difference: null, failed: [] }
const USER = { id: 'Int id auto', email: 'String unique' }
const user = to('User', { id: 'id', email: 'email' })

/** MariaDB's driver parses JSON by itself. */
const parsed = (json: unknown) => (typeof json === 'string' ? JSON.parse(json) : json)

describe.each(DATABASES)('%s', (kind) => {
  it('of a post that is an article and an item, the updated one is meant', async () => {
    const site = schema({
      User: USER,
      Article: { id: 'String id cuid', by: 'Int >User.id', text: 'String', at: 'DateTime' },
      Item: { id: 'Int id auto', articleRef: 'String', lastHeart: 'DateTime?', looks: 'Int?' },
      Heart: { id: 'String id uuid', item: 'Int', article: 'String', who: 'Int >User.id', whose: 'Int >User.id' },
    })
    const item = keyOf('item', 'Item')
    const map: MingleConfig['map'] = {
      user,
      post: [
        to('Article', { id: 'id', user_id: 'by', text: 'text', created_at: 'at' }),
        to('Item', { id: ['id', 'articleRef'] }),
      ],
      liked_post: [
        to('Heart', {
          id: 'id',
          post_id: [item, keyOf('article', 'Article')],
          user_id: 'who',
          author_id: 'whose',
        } as never),
        to('Item', { post_id: 'id', created_at: 'lastHeart' }, { update: ['id'] }),
      ],
    }
    const { verdict, numbers, reset } = await three.lived(kind, site, map, { count: 100 })
    expect(verdict).toEqual(clean)
    const told = await numbers(
      'SELECT (SELECT count(*) FROM "Item" WHERE "lastHeart" IS NOT NULL) AS told, (SELECT count(DISTINCT item) FROM "Heart") AS hearts, ' +
        '(SELECT count(*) FROM "Heart" h JOIN "Item" i ON i.id = h.item JOIN "Article" a ON a.id = i."articleRef" AND a.id = h.article AND a."by" = h.whose) AS fit, ' +
        '(SELECT count(*) FROM "Heart") AS n',
    )
    expect(told.hearts).toBeGreaterThan(5)
    expect(told).toMatchObject({ told: told.hearts, fit: told.n })
    await reset()
    expect(await numbers('SELECT (SELECT count(*) FROM "Item") AS i, (SELECT count(*) FROM "User") AS u')).toEqual({
      i: 0,
      u: 0,
    })
  })

  it('a friendship is a row each way, and so is the last word of two', async () => {
    const site = schema(
      {
        User: USER,
        Friend: {
          id: 'Int id auto',
          me: 'Int >User.id',
          other: 'Int >User.id',
          since: 'DateTime',
          token: 'String unique cuid',
        },
        Edge: { me: 'Int >User.id', other: 'Int >User.id', mine: 'String?', theirs: 'String?', matched: 'DateTime?' },
      },
      { uniques: { Friend: [['me', 'other']] }, keys: { Edge: ['me', 'other'] } },
    )
    const both = (me: string, other: string) => ({ [me]: 'me', [other]: 'other' })
    const map: MingleConfig['map'] = {
      user,
      like: [
        to('Edge', { ...both('from_user_id', 'to_user_id'), action: 'mine' }, { fold: ['me', 'other'] }),
        to('Edge', { ...both('to_user_id', 'from_user_id'), action: 'theirs' }, { fold: ['me', 'other'] }),
      ],
      match: [
        to('Friend', { ...both('user_a_id', 'user_b_id'), created_at: 'since' }),
        to('Friend', { ...both('user_b_id', 'user_a_id'), created_at: 'since' }),
        to('Edge', { ...both('user_a_id', 'user_b_id'), created_at: 'matched' }, { update: ['me', 'other'] }),
        to('Edge', { ...both('user_b_id', 'user_a_id'), created_at: 'matched' }, { update: ['me', 'other'] }),
      ],
    }
    const { verdict, numbers, reset } = await three.lived(kind, site, map, { count: 120, days: 6 })
    expect(verdict).toEqual(clean)
    const told = await numbers(
      `SELECT (SELECT count(*) FROM "Friend") AS friends, (SELECT count(DISTINCT token) FROM "Friend") AS tokens, (SELECT count(*) FROM "Edge" WHERE matched IS NOT NULL) AS matched,
         (SELECT count(*) FROM "Edge" a JOIN "Edge" b ON a.me = b.other AND a.other = b.me WHERE a.mine = b.theirs) AS fit, (SELECT count(*) FROM "Edge" WHERE mine IS NOT NULL) AS mine`,
    )
    expect(told.friends).toBeGreaterThan(3)
    expect(told).toEqual({
      friends: told.friends,
      tokens: told.friends,
      matched: told.friends,
      fit: told.mine,
      mine: told.mine,
    })
    await reset()
    expect(await numbers('SELECT (SELECT count(*) FROM "Edge") AS e, (SELECT count(*) FROM "Friend") AS f')).toEqual({
      e: 0,
      f: 0,
    })
  })

  it('answers point at the options of a site that has its own', async () => {
    const site = schema(
      {
        User: USER,
        Survey: { id: 'Int id auto', code: 'String unique', name: 'String' },
        Ask: { id: 'Int id auto', survey: 'Int >Survey.id', nr: 'Int', words: 'String' },
        Pickable: { id: 'String id nanoid', ask: 'Int >Ask.id', nr: 'Int', words: 'String' },
        Sheet: { who: 'Int >User.id', survey: 'Int >Survey.id', given: 'Json' },
        Reply: { id: 'Int id auto', who: 'Int >User.id', ask: 'Int >Ask.id', picked: 'String >Pickable.id' },
      },
      {
        keys: { Sheet: ['who', 'survey'] },
        uniques: { Ask: [['survey', 'nr']], Pickable: [['ask', 'nr']], Reply: [['who', 'ask']] },
      },
    )
    const map: MingleConfig['map'] = {
      user,
      quiz: to('Survey', { slug: 'code', title: 'name' }),
      question: to('Ask', { quiz_id: 'survey', position: 'nr', prompt: 'words' }),
      option: to('Pickable', { question_id: 'ask', position: 'nr', label: 'words' }),
      quiz_answer: [
        to('Sheet', {
          user_id: 'who',
          quiz_id: 'survey',
          answers: answersAs('given', { question: 'id', option: 'text' }),
        } as never),
        rows(
          'Reply',
          ['who', 'ask', 'picked'],
          (row) =>
            row.picks.map((pick: { question_id: number; option_id: string }) => ({
              who: row.user_id,
              ask: pick.question_id,
              picked: pick.option_id,
            })),
          { most: 20 },
        ),
      ],
    }
    const own = [
      `INSERT INTO "Survey" (id, code, name) VALUES (9, 'own', 'Ours')`,
      `INSERT INTO "Ask" (id, survey, nr, words) VALUES (700, 9, 0, 'Why?')`,
      `INSERT INTO "Pickable" (id, ask, nr, words) VALUES ('ours', 700, 0, 'Because')`,
      ...(kind === 'postgresql' ? [`SELECT setval('"Survey_id_seq"', 9)`, `SELECT setval('"Ask_id_seq"', 700)`] : []),
    ]
    const { verdict, numbers, rows: ask, reset } = await three.lived(kind, site, map, { rows: own })
    expect(verdict).toEqual(clean)
    const told = await numbers(
      'SELECT count(*) AS n, count(p.id) AS fit, min(r.ask) AS low FROM "Reply" r LEFT JOIN "Pickable" p ON p.id = r.picked AND p.ask = r.ask',
    )
    expect(told.n).toBeGreaterThan(60)
    expect(told).toMatchObject({ fit: told.n })
    expect(told.low).toBeGreaterThan(700)
    const asks = new Set((await ask('SELECT id FROM "Ask"')).map(({ id }) => String(id)))
    const labels = new Set((await ask('SELECT words FROM "Pickable"')).map(({ words }) => words))
    for (const { given } of await ask('SELECT given FROM "Sheet"')) {
      for (const [question, option] of Object.entries(parsed(given) as Record<string, string>)) {
        expect(asks).toContain(question)
        expect(labels).toContain(option)
      }
    }
    // The site's next rows go on above.
    const [next] = await ask(`INSERT INTO "Ask" (survey, nr, words) VALUES (9, 1, 'How?') RETURNING id`)
    expect(Number(next!.id)).toBeGreaterThan(700)
    await ask('DELETE FROM "Ask" WHERE nr = 1 AND survey = 9')
    await reset()
    expect(await numbers('SELECT count(*) AS n FROM "Reply"')).toEqual({ n: 0 })
  })

  it('values of every kind come back as they were given', async () => {
    const site = schema({
      User: {
        ...USER,
        flag: 'Boolean',
        big: 'BigInt',
        part: 'Float',
        sum: 'Decimal Decimal(12,4)',
        small: 'Float Real',
        doc: 'Json',
        raw: 'Bytes',
        never: 'DateTime',
        first: 'DateTime Date',
        odd: 'String',
        none: 'String?',
      },
    })
    const odd = `a'b"c\\d%e_f\tg\n😊–é`
    const map: MingleConfig['map'] = {
      user: to('User', { id: 'id', email: 'email' }, {
        set: {
          flag: true,
          big: 9_007_199_254_740_991n,
          part: (row: { latitude: number }) => row.latitude / 3,
          sum: '12345678.0125',
          small: 0.1,
          doc: { a: [1, null, odd], b: { c: 0.5 } },
          raw: (row: { id: number }) => new Uint8Array([0, 39, 92, 255, row.id % 256]),
          never: new Date('9999-12-31T23:59:59.999Z'),
          first: new Date('1000-01-01T00:00:00Z'),
          odd,
          none: null,
        },
      } as never),
    }
    const { verdict, rows: ask, reset } = await three.lived(kind, site, map, { count: 20, days: 1, more: 1 })
    expect(verdict.difference).toBeNull()
    const hex = { sqlite: 'lower(hex(raw))', mysql: 'lower(hex(raw))', postgresql: "encode(raw, 'hex')" }[kind]
    for (const row of await ask(`SELECT id, odd, none, big, sum, doc, ${hex} AS digits, never, first FROM "User"`)) {
      expect([row.odd, row.none, String(row.big), Number(row.sum)]).toEqual([
        odd,
        null,
        '9007199254740991',
        12345678.0125,
      ])
      expect(parsed(row.doc)).toEqual({ a: [1, null, odd], b: { c: 0.5 } })
      expect(row.digits).toBe(`00275cff${(Number(row.id) % 256).toString(16).padStart(2, '0')}`)
      expect(String(row.never)).toMatch(/^9999-12-31[T ]23:59:59\.999/)
      expect(String(row.first)).toMatch(/^1000-01-01/)
    }
    await reset()
  })

  it("a fact's own number stands in a key of several fields", async () => {
    const site = schema(
      {
        Person: { region: 'String VarChar(8)', no: 'Int', email: 'String', joined: 'DateTime' },
        Visit: { who: 'Int', startedAt: 'DateTime', nr: 'BigInt', until: 'DateTime' },
        Note: { region: 'String VarChar(8)', code: 'String VarChar(12) nanoid', author: 'Int', words: 'String' },
        Mark: { region: 'String VarChar(8)', note: 'String VarChar(12)', who: 'Int', at: 'DateTime' },
      },
      {
        keys: {
          Person: ['region', 'no'],
          Visit: ['who', 'nr'],
          Note: ['region', 'code'],
          Mark: ['region', 'note', 'who'],
        },
      },
    )
    const north = { set: { region: 'north' } }
    const map: MingleConfig['map'] = {
      user: to('Person', { id: 'no', email: 'email', created_at: 'joined' }, north),
      session: to('Visit', { id: 'nr', user_id: 'who', started_at: 'startedAt', ended_at: 'until' }),
      post: to('Note', { id: 'code', user_id: 'author', text: 'words' }, { ...north, key: 'nanoid(12)' }),
      liked_post: to('Mark', { post_id: 'note', user_id: 'who', created_at: 'at' }, north),
    }
    const own = `INSERT INTO "Person" (region, no, email, joined) VALUES ('south', 1, 'own@site.example', '2020-01-01 00:00:00.000')`
    const { verdict, numbers, rows: ask, reset } = await three.lived(kind, site, map, { rows: [own] })
    expect(verdict).toEqual(clean)
    const told = await numbers(
      `SELECT count(*) AS n, (SELECT count(*) FROM "Mark" m JOIN "Note" n ON n.region = m.region AND n.code = m.note) AS fit, (SELECT count(*) FROM "Mark") AS marks FROM "Person" WHERE region = 'north'`,
    )
    expect(told.n).toBe(60)
    expect(told.fit).toBe(told.marks)
    // Another region's rows with the same numbers are the site's.
    await ask(
      `INSERT INTO "Person" (region, no, email, joined) SELECT 'east', no, email, joined FROM "Person" WHERE region = 'north' AND no < 20`,
    )
    await reset()
    expect((await ask(`SELECT DISTINCT region FROM "Person" ORDER BY 1`)).map(({ region }) => region)).toEqual([
      'east',
      'south',
    ])
  })

  it('lookup rows: by subject and key, by their name, by a word of another', async () => {
    const site = schema(
      {
        User: { ...USER, sex: 'Int? >Sex.id' },
        Sex: { id: 'Int id auto', word: 'String unique' },
        Field: { name: 'String id', shown: 'String' },
        Taste: { id: 'String id uuid', field: 'String >Field.name', key: 'String' },
        Likes: { who: 'Int >User.id', taste: 'String >Taste.id', field: 'String >Field.name', nr: 'Int' },
      },
      { uniques: { Taste: [['field', 'key']], Likes: [['who', 'nr']] }, keys: { Likes: ['who', 'taste'] } },
    )
    const map: MingleConfig['map'] = {
      user: to('User', {
        id: 'id',
        email: 'email',
        gender: { field: 'sex', find: 'Sex.word', values: { woman: 'w', man: 'm' }, missing: 'null' },
      } as never),
      subject: to('Field', { name: ['name', 'shown'] }),
      interest: to('Taste', { subject_id: 'field', name: 'key' }),
      user_interest: to('Likes', { user_id: 'who', interest_id: 'taste', subject_id: 'field', position: 'nr' }),
    }
    const own = [
      `INSERT INTO "Sex" (word) VALUES ('w'), ('m')`,
      `INSERT INTO "Field" (name, shown) VALUES ('Ours', 'Ours'), ('Outdoors', 'Out there')`,
      `INSERT INTO "Taste" (id, field, "key") VALUES ('t-1', 'Ours', 'Hiking'), ('t-2', 'Ours', 'Running')`,
    ]
    const { verdict, numbers, reset } = await three.lived(kind, site, map, { rows: own })
    expect(verdict).toEqual(clean)
    const told = await numbers(
      `SELECT count(*) AS n, sum(CASE WHEN t.field = l.field THEN 1 ELSE 0 END) AS same, sum(CASE WHEN t.field = 'Ours' THEN 1 ELSE 0 END) AS ours, min(nr) AS low FROM "Likes" l JOIN "Taste" t ON t.id = taste`,
    )
    expect(told.n).toBeGreaterThan(60)
    expect(told).toMatchObject({ same: told.n, ours: 0, low: 0 })
    expect((await numbers('SELECT count(*) AS n, count(sex) AS sexed FROM "User"')).sexed).toBeGreaterThan(40)
    await reset()
  })
})
