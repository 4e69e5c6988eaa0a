import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  as,
  checkPlan,
  ledgerModels,
  type MingleConfig,
  openStore,
  type Plan,
  planMapping,
  problemText,
  to,
} from '../../../../persist/index.ts'
import { canonicalList, listLiteral } from '../../../../persist/mapping/rows/lists.ts'
import { migrationSql } from '../../../../persist/migrate/make.ts'
import { configFromSettings, startRun } from '../../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { schema } from '../schema-text.ts'

const PRISMA = `
enum Sex {
  WOMAN @map("w")
  MAN
  OTHER
}
model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique
  interests String[]
  photos    String[] @db.VarChar(60)
  seeks     Sex[]
  lucky     Int[]
  flags     Boolean[]
  odd       String[]
}
model Answer {
  id     Int      @id @default(autoincrement())
  userId Int
  scores Float[]
}
`

const FIELDS = {
  id: 'Int id auto',
  email: 'String unique',
  interests: 'String list',
  photos: 'String list VarChar(60)',
  seeks: 'Sex enum list',
  lucky: 'Int list',
  flags: 'Boolean list',
  odd: 'String list',
}
const ODD = ['', 'NULL', 'null', 'a "b"', 'c\\d', '{e,f}', ' g\t\n', 'ü😀', "'"]
const SEXES: Record<string, string> = { woman: 'WOMAN', man: 'MAN', nonbinary: 'OTHER' }

function planOf(map: MingleConfig['map'], fields: Record<string, string> = FIELDS): Plan {
  const models = { User: fields, Answer: { id: 'Int id auto', userId: 'Int >User.id', scores: 'Float list' } }
  const metadata = schema(models, { enums: { Sex: ['WOMAN', 'MAN', 'OTHER'] } })
  const enums = [{ name: 'Sex', values: { WOMAN: 'w', MAN: 'MAN', OTHER: 'OTHER' } }]
  return planMapping({ schema: '.', map }, { ...metadata, provider: 'postgresql', enums })
}

const MAP: MingleConfig['map'] = {
  user: to(
    'User',
    { id: 'id', email: 'email', interests: 'interests', photos: 'photos' },
    {
      set: {
        seeks: (row) => row.seeks.split(',').map((word: string) => SEXES[word]),
        lucky: [7, -3],
        flags: (row) => [row.gender === 'woman', false],
        odd: ODD,
      },
      truncate: ['photos'],
    },
  ),
  quiz_answer: to('Answer', { user_id: 'userId', score_vec: 'scores' }),
}

describe("PostgreSQL's lists", () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server?.stop())

  it.each(['bulk', 'prisma'])('of texts, enums, numbers and truth values, by %s', async (writer) => {
    const plan = planOf(MAP)
    expect([...plan.problems, ...checkPlan(plan)].map(problemText)).toEqual([])
    const url = await server.createDatabase()
    const text = `datasource db {\n  provider = "postgresql"\n}\n${PRISMA}\n${ledgerModels('postgresql')}`
    await query(url, await migrationSql('postgresql', null, text))
    const store = await openStore(url, { mapping: plan, writer, ...(writer === 'prisma' && { pauseMs: 0 }) })
    const { run } = await startRun(store, configFromSettings({ seed: 'lists', count: 30 }), 1, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    const rows = await query(url, 'SELECT to_json(u)::text AS row FROM "User" u')
    const people = rows.map(({ row }) => JSON.parse(row!))
    expect(people).toHaveLength(30)
    for (const person of people) {
      expect(person.interests.length).toBeGreaterThan(0)
      expect(person.seeks.every((sex: string) => ['w', 'MAN', 'OTHER'].includes(sex))).toBe(true)
      expect(person.photos.every((url: string) => url.length <= 60)).toBe(true)
      expect(person).toMatchObject({ lucky: [7, -3], odd: ODD })
    }
    const [scores] = await query(url, 'SELECT min(s) AS low, max(s) AS high FROM "Answer", unnest(scores) s')
    expect([Number(scores!.low), Number(scores!.high)]).toEqual([0, 1])
    await query(
      url,
      `UPDATE "User" SET interests = array_append(interests, 'Lying') WHERE id = (SELECT max(id) FROM "User")`,
    )
    expect((await store.verify(run.id)).difference?.table).toBe('User')
    await store.close()
  })
})

const list = (type: string) => ({ ...planOf({}).metadata.models[0]!.fields[0]!, name: 'list', list: true, type })

it('a list is spelled as it was, whatever the server quotes', () => {
  const spell = (element: unknown) => (element === null ? null : String(element))
  const literal = listLiteral(['a b', 'c', '', 'NULL', 'd"e\\f', null], list('String'), spell)
  expect(literal).toBe('{"a b","c","","NULL","d\\"e\\\\f",NULL}')
  expect(canonicalList('{"a b",c,"","NULL","d\\"e\\\\f",NULL}', list('String'))).toBe(literal)
  expect(canonicalList('{0.50,1e-05}', list('Float'))).toBe('{0.5,0.00001}')
  expect(canonicalList('{t,f}', list('Boolean'))).toBe('{true,false}')
  expect(canonicalList('{}', list('Int'))).toBe('{}')
  expect(() => listLiteral('no JSON', list('String'), spell)).toThrow(/is a list, got the text/)
  expect(() => listLiteral(5, list('String'), spell)).toThrow(/is a list, got 5/)
})

describe('mingle check, about lists', () => {
  const only = (map: MingleConfig['map'], fields: Record<string, string>) => {
    const plan = planOf(map, { id: 'Int id auto', email: 'String unique', ...fields })
    const found = [...plan.problems, ...checkPlan(plan)]
    expect(found).toHaveLength(1)
    return found[0]!
  }
  const user = (columns: object, set: object = {}) => ({
    user: to('User', { id: 'id', email: 'email', ...columns }, { set }),
  })

  it.each([
    ['a text', user({ seeks: 'list' }), 'String list', "set: { list: (row) => row.seeks.split(',') }"],
    ['a list of something else', user({ interests: 'list' }), 'Int list', '(row) => [/* … */]'],
    ['a constant that is none', user({}, { list: 'x' }), 'String list', "set: { list: ['…'] }"],
    ['other words', user({ gender: as('list', { woman: 'w' }) }), 'String list', '(row) => [/* … */]'],
    ['keys', user({ id: ['id', 'list'] }), 'Int list', '(row) => [/* … */]'],
    ['times', user({}, { list: [new Date(0)] }), 'DateTime list', "leave 'list' out"],
  ])('refuses %s', (_, map, type, paste) => {
    const found = only(map, { list: type })
    expect(found).toMatchObject({ code: 'wrong type', model: 'User', field: 'list' })
    expect(found.paste).toContain(paste)
  })
})
