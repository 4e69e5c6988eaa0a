import { describe, expect, it } from 'vitest'
import {
  as,
  checkPlan,
  type Metadata,
  type MingleConfig,
  type Problem,
  planMapping,
  rows,
  skip,
  to,
} from '../../../../persist/index.ts'
import { schema } from '../schema-text.ts'

const USER = { id: 'Int id auto', email: 'String unique' }
const user = to('User', { id: 'id', email: 'email' })

/** The problems of a mapping as `mingle check` finds them. */
function problems(metadata: Metadata, map: MingleConfig['map']): Problem[] {
  const plan = planMapping({ schema: '.', map }, metadata)
  return [...plan.problems, ...checkPlan(plan)]
}

function only(metadata: Metadata, map: MingleConfig['map']): Problem {
  const found = problems(metadata, map)
  expect(found.map(({ code, model, field }) => [code, model, field])).toHaveLength(1)
  return found[0]!
}

describe('mingle check', () => {
  it('has nothing to say about a mapping that works', () => {
    expect(problems(schema({ User: USER }), { user })).toEqual([])
  })

  it('missing ledger: model by model, with the command to run', () => {
    const found = problems(schema({ User: USER }, { ledger: false }), { user })
    expect(found.map(({ code, model }) => [code, model])).toEqual(
      ['seed_runs', 'seed_run_segments', 'seed_run_days', 'seed_people'].map((table) => ['missing ledger', table]),
    )
    expect(found[0]!.paste).toContain('mingle init')
  })

  it('unmapped required field', () => {
    const found = only(schema({ User: { ...USER, country: 'String', plan: 'String value', note: 'String?' } }), {
      user,
    })
    expect(found).toMatchObject({
      code: 'unmapped required field',
      model: 'User',
      field: 'country',
      paste: "country: 'country',",
    })
    expect(only(schema({ User: { ...USER, credits: 'Int' } }), { user }).paste).toBe('set: { credits: 0 }')
  })

  it('partial enum: a value of the fact that the enum lacks', () => {
    const metadata = schema({ User: { ...USER, sex: 'Sex enum' } }, { enums: { Sex: ['woman', 'man'] } })
    const map = { user: to('User', { id: 'id', email: 'email', gender: 'sex' }) }
    expect(only(metadata, map)).toMatchObject({
      code: 'partial enum',
      model: 'User',
      field: 'sex',
      paste: "gender: as('sex', { woman: 'woman', man: 'man', nonbinary: 'man' /* one of woman | man */ }),",
    })
  })

  it('partial enum: a value that the translation forgets, or translates into none', () => {
    const metadata = schema({ User: { ...USER, sex: 'Sex enum' } }, { enums: { Sex: ['F', 'M'] } })
    const forgets = { user: to('User', { id: 'id', email: 'email', gender: as('sex', { woman: 'F', man: 'M' }) }) }
    expect(only(metadata, forgets)).toMatchObject({ code: 'partial enum', message: "nothing is said for 'nonbinary'" })
    const none = {
      user: to('User', { id: 'id', email: 'email', gender: as('sex', { woman: 'F', man: 'M', nonbinary: 'X' }) }),
    }
    expect(only(metadata, none)).toMatchObject({ code: 'partial enum', field: 'sex' })
  })

  it('partial enum: a constant that the enum lacks', () => {
    const metadata = schema({ User: { ...USER, role: 'Role enum' } }, { enums: { Role: ['MEMBER'] } })
    const map = { user: to('User', { id: 'id', email: 'email' }, { set: { role: 'ADMIN' } }) }
    expect(only(metadata, map)).toMatchObject({ code: 'partial enum', paste: "set: { role: 'MEMBER' }" })
  })

  it('foreign key to a skipped fact', () => {
    const metadata = schema({
      User: USER,
      Post: { id: 'Int id auto', userId: 'Int >User.id' },
      Clap: { id: 'Int id auto', userId: 'Int >User.id', postId: 'Int >Post.id' },
    })
    const liked_post = to('Clap', { user_id: 'userId', post_id: 'postId' })
    const found = only(metadata, { user, post: skip(), liked_post })
    expect(found).toMatchObject({ code: 'skipped fact', source: 'liked_post', model: 'Clap', field: 'postId' })
    expect(found.paste).toContain("post: to('Post', { id: 'id' })")
    expect(problems(metadata, { user, post: to('Post', { user_id: 'userId' }), liked_post })).toEqual([])
  })

  it('value too long', () => {
    const metadata = schema({ User: { ...USER, about: 'String? VarChar(80)' } })
    const map = (options: object) => ({ user: to('User', { id: 'id', email: 'email', bio: 'about' }, options) })
    expect(only(metadata, map({}))).toMatchObject({
      code: 'value too long',
      model: 'User',
      field: 'about',
      paste: "{ truncate: ['about'] }",
    })
    expect(problems(metadata, map({ truncate: ['about'] }))).toEqual([])
  })

  it('key too long', () => {
    const metadata = schema({ User: { id: 'String id uuid Char(20)', email: 'String unique' } })
    expect(only(metadata, { user })).toMatchObject({ code: 'value too long', field: 'id' })
  })

  it('value out of range', () => {
    const metadata = schema({ User: { ...USER, lon: 'Decimal Decimal(8,6)' } })
    const map = { user: to('User', { id: 'id', email: 'email', longitude: 'lon' }) }
    expect(only(metadata, map)).toMatchObject({ code: 'value out of range', model: 'User', field: 'lon' })
  })

  it('the bounds of MySQL, said or not', () => {
    const on = (fields: Record<string, string>) => ({ ...schema({ User: { ...USER, ...fields } }), provider: 'mysql' })
    const bio = only(on({ about: 'String? VarChar(191)' }), {
      user: to('User', { id: 'id', email: 'email', bio: 'about' }),
    })
    expect(bio).toMatchObject({
      code: 'value too long',
      message: "'bio' has up to 600 characters, the field takes 191",
    })
    const tiny = {
      user: to('User', { id: 'id', email: 'email' }),
      picture: to('Pic', { user_id: 'u', position: 'at' }),
    }
    const pic = {
      ...schema({ User: USER, Pic: { id: 'Int id auto', u: 'Int UnsignedTinyInt >User.id', at: 'Int TinyInt' } }),
    }
    expect(only({ ...pic, provider: 'mysql' }, tiny)).toMatchObject({ code: 'value out of range', field: 'u' })
  })

  it('a time of day, which no fact has', () => {
    const metadata = schema({ User: { ...USER, wakes: 'DateTime Time(0)' } })
    const map = { user: to('User', { id: 'id', email: 'email', created_at: 'wakes' }) }
    expect(only(metadata, map)).toMatchObject({ code: 'wrong type', field: 'wakes', paste: 'wakes DateTime' })
  })

  it('keys of bytes: uuids of 16, in MySQL alone', () => {
    const bytes = (type: string) => schema({ User: { ...USER, id: type } })
    expect(problems({ ...bytes('Bytes id Binary(16)'), provider: 'mysql' }, { user })).toEqual([])
    expect(only({ ...bytes('Bytes id Binary(8)'), provider: 'mysql' }, { user })).toMatchObject({ code: 'wrong type' })
    expect(only({ ...bytes('Bytes id'), provider: 'postgresql' }, { user })).toMatchObject({ code: 'wrong type' })
    const visit = { id: 'Int id auto', userId: 'String >User.id' }
    const metadata = { ...schema({ User: { ...USER, id: 'Bytes id Binary(16)' }, Visit: visit }), provider: 'mysql' }
    expect(only(metadata, { user, session: to('Visit', { user_id: 'userId' }) })).toMatchObject({
      code: 'wrong type',
      field: 'userId',
      paste: 'userId Bytes @db.Binary(16)',
    })
  })

  it('a match that is folded from dislikes too few, or that nothing folds into', () => {
    const models = {
      User: USER,
      Bond: { id: 'Int id auto', low: 'Int >User.id', high: 'Int >User.id', says: 'String?' },
      Line: { id: 'Int id auto', bondId: 'Int >Bond.id' },
    }
    const metadata = schema(models, { uniques: { Bond: [['low', 'high']] } })
    const fold = (where: object) =>
      to('Bond', { low_user_id: 'low', high_user_id: 'high', action: 'says' }, { where, fold: ['low', 'high'] })
    const message = to('Line', { match_id: 'bondId' })
    expect(problems(metadata, { user, like: fold({ action: 'LIKE' }), message })).toEqual([])
    expect(problems(metadata, { user, like: fold({ side: 'low' }), message })).toEqual([])
    const found = { match: to('Bond', { id: 'id' }, { update: ['id'] }), like: fold({ action: 'LIKE' }), user }
    expect(problems(metadata, found)).toContainEqual(
      expect.objectContaining({
        code: 'skipped fact',
        message: 'the database makes this key, so no row can be found by it',
      }),
    )
    // A row for dislikes alone is none that a match could be.
    expect(only(metadata, { user, like: fold({ action: 'DISLIKE' }), message })).toMatchObject({
      code: 'skipped fact',
      field: 'bondId',
    })
  })

  it('number of a row out of range', () => {
    const metadata = schema({ User: USER, Visit: { id: 'Int id auto', userId: 'Int SmallInt >User.id' } })
    expect(only(metadata, { user, session: to('Visit', { user_id: 'userId' }) })).toMatchObject({
      code: 'value out of range',
      field: 'userId',
    })
  })

  it('a unique that the key of the fact cannot satisfy', () => {
    const metadata = schema({ User: { ...USER, name: 'String unique' } })
    const map = { user: to('User', { id: 'id', email: 'email', display_name: 'name' }) }
    const found = only(metadata, map)
    expect(found).toMatchObject({ code: 'unique not satisfied', model: 'User', field: 'name' })
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the line to paste
    expect(found.paste).toBe('set: { name: (row) => `name-${row.id}` }')
  })

  it('a pair in which two likes meet must fold', () => {
    const PAIR = { low: 'Int >User.id', high: 'Int >User.id', lowSays: 'String?', highSays: 'String?' }
    const metadata = schema({ User: USER, Pair: PAIR }, { keys: { Pair: ['low', 'high'] } })
    const like = to('Pair', { low_user_id: 'low', high_user_id: 'high', action: 'lowSays' })
    const found = only(metadata, { user, like })
    expect(found).toMatchObject({ code: 'unique not satisfied', model: 'Pair' })
    expect(found.paste).toContain("fold: ['low', 'high']")
    const side = (which: string) =>
      to(
        'Pair',
        { low_user_id: 'low', high_user_id: 'high', action: `${which}Says` },
        { where: { side: which }, fold: ['low', 'high'] },
      )
    expect(problems(metadata, { user, like: [side('low'), side('high')] })).toEqual([])
  })

  it('a fold on fields that are no unique', () => {
    const metadata = schema({
      User: USER,
      Pair: { id: 'Int id auto', low: 'Int >User.id', high: 'Int >User.id', says: 'String?' },
    })
    const like = to('Pair', { low_user_id: 'low', high_user_id: 'high', action: 'says' }, { fold: ['low', 'high'] })
    expect(only(metadata, { user, like })).toMatchObject({
      code: 'unique not satisfied',
      paste: '@@unique([low, high])',
    })
  })

  it('wrong type', () => {
    const metadata = schema({ User: { ...USER, born: 'String', age: 'Int' } })
    const map = { user: to('User', { id: 'id', email: 'email', birthdate: 'born', city: 'age' }) }
    expect(only(metadata, map)).toMatchObject({ code: 'wrong type', field: 'age' })
  })

  it('unknown model, field, column and fact, each with what there is', () => {
    const found = problems(schema({ User: USER }), {
      user: to('User', { id: 'id', email: 'mail', shoe_size: 'email' } as never, { set: { email: 'x@y.z' } }),
      post: to('Pots', {}),
      poke: to('User', {}),
    } as never)
    expect(
      found
        .filter(({ code }) => code === 'unknown name')
        .map(({ model, field, paste }) => [model, field, paste.slice(0, 20)]),
    ).toEqual([
      [null, null, 'one of: subject, int'],
      ['User', 'email', "columns of 'user': i"],
      ['User', 'mail', 'fields of User: id, '],
      ['Pots', null, 'User, seed_runs, see'],
    ])
  })

  it('a key that nothing can be made from', () => {
    const metadata = schema({
      User: USER,
      Tag: { id: 'Int id auto', name: 'String unique' },
      UserTag: { id: 'Int id', userId: 'Int >User.id', tagId: 'Int >Tag.id' },
    })
    const map = {
      user,
      interest: to('Tag', { name: 'name' }),
      user_interest: to('UserTag', { user_id: 'userId', interest_id: 'tagId' }),
    }
    expect(only(metadata, map)).toMatchObject({ code: 'no key', model: 'UserTag', field: 'id' })
  })

  it('likes and dislikes that become the same rows', () => {
    const metadata = schema({ User: USER, Like: { id: 'Int id auto', by: 'Int >User.id', of: 'Int >User.id' } })
    const fields = { from_user_id: 'by', to_user_id: 'of' }
    expect(only(metadata, { user, like: to('Like', fields) })).toMatchObject({ code: 'lost value', model: 'Like' })
    expect(problems(metadata, { user, like: to('Like', fields, { where: { action: 'LIKE' } }) })).toEqual([])
  })

  it('rows that could not be found again', () => {
    const metadata = schema({ User: USER, Event: { id: 'Int id auto', text: 'String' } })
    const post = rows('Event', ['id', 'text'], () => ({ id: 1, text: '' }))
    expect(only(metadata, { user, post })).toMatchObject({ code: 'not found again', model: 'Event' })
  })

  it('one person, two rows of one model', () => {
    const metadata = schema({ User: USER })
    const profile = to('User', { user_id: 'id', email: 'email' })
    expect(problems(metadata, { user, profile }).map(({ code }) => code)).toContain('two rows for one')
  })

  it('required foreign keys that go round in a circle', () => {
    const metadata = schema({
      User: { ...USER, homeId: 'Int unique >Home.id' },
      Home: { id: 'Int id auto', userId: 'Int unique >User.id' },
    })
    const map = {
      user: to('User', { id: ['id', 'homeId'], email: 'email' }),
      profile: to('Home', { user_id: ['id', 'userId'] }),
    }
    expect(problems(metadata, map).map(({ code }) => code)).toEqual(['cycle'])
  })
})
