import { describe, expect, it } from 'vitest'
import { type Metadata, type MingleConfig, planMapping, planNotes, to } from '../../../../persist/index.ts'
import { schema } from '../schema-text.ts'

const user = to('User', { id: 'id', email: 'email' })

describe('notes', () => {
  const notes = (metadata: Metadata, map: MingleConfig['map']) => planNotes(planMapping({ schema: '.', map }, metadata))
  const User = {
    id: 'Int id auto',
    email: 'String unique',
    joinedAt: 'DateTime now',
    touched: 'DateTime? now',
    at: 'DateTime',
    on: 'DateTime updatedAt',
  }

  it('times that are left to now(), with the line to paste', () => {
    expect(notes(schema({ User }), { user })).toMatchObject([
      { code: 'time of writing', source: 'user', model: 'User', field: 'joinedAt', paste: "created_at: 'joinedAt'," },
      { field: 'touched', paste: "created_at: 'touched'," },
    ])
  })

  it('beside a field that the column goes to already', () => {
    const some = to('User', { id: 'id', email: 'email', created_at: ['at', 'touched'] })
    expect(notes(schema({ User }), { user: some })).toMatchObject([
      { field: 'joinedAt', paste: "created_at: ['at', 'touched', 'joinedAt']," },
    ])
  })

  it('none where a constant is given, nor of models that are not filled', () => {
    const set = to(
      'User',
      { id: 'id', email: 'email', created_at: 'at' },
      { set: { joinedAt: new Date(0), touched: null } },
    )
    const Log = { id: 'Int id auto', at: 'DateTime now' }
    expect(notes(schema({ User, Log }), { user: set })).toEqual([])
  })

  it.each([
    ['nanoid(6)', 'sqlite', 'of 11,000 rows'],
    ['nanoid(8)', 'sqlite', 'of 750,000 rows'],
    ['nanoid(8)', 'mysql', 'of 69,000 rows'],
    ['nanoid(12)', 'sqlite', null],
    ['nanoid(21)', 'sqlite', null],
    ['nanoid', 'mysql', null],
  ])('how many rows a %s is good for on %s', (key, provider, words) => {
    const metadata = { ...schema({ User: { id: 'String id', email: 'String unique' } }), provider }
    const found = notes(metadata, { user: to('User', { id: 'id', email: 'email' }, { key: key as 'nanoid' }) })
    if (words === null) expect(found).toEqual([])
    else
      expect(found).toMatchObject([
        { code: 'short key', model: 'User', field: 'id', message: expect.stringContaining(words) },
      ])
  })
})
