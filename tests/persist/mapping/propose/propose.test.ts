import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadMapping, type Metadata, problemText, proposeConfig } from '../../../../persist/index.ts'
import { schema } from '../schema-text.ts'

const root = join(import.meta.dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'mingle-propose-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const User = { id: 'Int id auto', email: 'String unique', created_at: 'DateTime now' }
/** A person's own words to everybody. */
const Note = { id: 'Int id auto', authorId: 'Int >User.id', body: 'String', createdAt: 'DateTime' }
/** A pair, and who sits where. */
const Chat = { id: 'Int id auto', createdAt: 'DateTime' }
const Seat = { chatId: 'Int id >Chat.id', userId: 'Int id >User.id' }
const OF_CHAT = { id: 'Int id auto', chatId: 'Int >Chat.id', senderId: 'Int >User.id', createdAt: 'DateTime' }
const DIRECT = { id: 'Int id auto', fromId: 'Int >User.id', toId: 'Int >User.id', createdAt: 'DateTime' }

/** The configuration as it is read, beside what it says. */
async function read(code: string, metadata: Metadata) {
  const name = `config-${Math.random().toString(36).slice(2)}`
  const config = join(folder, `${name}.ts`)
  const all = code
    .replace("from 'mingle'", `from '${join(root, 'persist/mapping/config/config.ts')}'`)
    .replace(/schema: '[^']*'/, `schema: './${name}.json'`)
  writeFileSync(config, all)
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(metadata))
  return (await loadMapping(config)).plan.problems.map(problemText)
}

describe('messages are recognised by what they are', () => {
  it.each([
    ['Text', 'content'],
    ['ChatLine', 'line'],
    ['chat_line', 'words'],
    ['Dm', 'text'],
    ['Note', 'body'],
    ['Whisper', 'what'],
    ['Nachricht', 'content'],
  ])('%s of a conversation, with %s', (name, field) => {
    const config = proposeConfig(schema({ User, Chat, Seat, [name]: { ...OF_CHAT, [field]: 'String' } }), './mingle')
    expect(config).toContain(`message: to('${name}', {`)
    expect(config).toContain(`body: '${field}'`)
    expect(config).toContain("match_id: 'chatId'")
    expect(config).toContain("to('Chat', {")
  })

  it.each(['Text', 'DirectText', 'Dm', 'Note', 'Line', 'Zuruf'])('%s from one person to another', (name) => {
    const config = proposeConfig(schema({ User, [name]: { ...DIRECT, body: 'String' } }), './mingle')
    expect(config).toContain(`message: to('${name}', {`)
    expect(config).toContain("sender_id: 'fromId'")
    expect(config).toContain("recipient_id: 'toId'")
  })

  it('the one time, text or truth value that is left is the one meant', () => {
    const Room = { id: 'Int id auto', since: 'DateTime' }
    const Text = { id: 'Int id auto', roomId: 'Int >Room.id', byId: 'Int >User.id', gesagt: 'String', um: 'DateTime' }
    const Nudge = { id: 'Int id auto', fromId: 'Int >User.id', toId: 'Int >User.id', up: 'Boolean', am: 'DateTime' }
    const Sitz = { roomId: 'Int id >Room.id', userId: 'Int id >User.id' }
    const config = proposeConfig(schema({ User, Room, Sitz, Text: { ...Text, read: 'Boolean' }, Nudge }), './mingle')
    for (const line of ["created_at: 'since'", "body: 'gesagt'", "sent_at: 'um'", "liked: 'up'", "created_at: 'am'"]) {
      expect(config).toContain(line)
    }
    expect(config).toContain('read: choose(false)')
  })

  it.each(['openedAt', 'startedAt', 'since', 'begunAt', 'um'])(
    'a conversation began at its %s, by default now',
    (name) => {
      const chat = { id: 'Int id auto', aId: 'Int >User.id', bId: 'Int >User.id', [name]: 'DateTime now' }
      const config = proposeConfig(schema({ User, Chat: chat, Text: { ...OF_CHAT, body: 'String' } }), './mingle')
      expect(config).toContain(`created_at: '${name}'`)
    },
  )

  it.each(['lastMessageAt', 'updatedOn'])('a conversation did not begin at its %s', (name) => {
    const chat = { id: 'Int id auto', aId: 'Int >User.id', bId: 'Int >User.id', [name]: 'DateTime now' }
    const config = proposeConfig(schema({ User, Chat: chat, Text: { ...OF_CHAT, body: 'String' } }), './mingle')
    expect(config).not.toContain(name)
  })

  it('and nothing else is taken for one', () => {
    const Like = { id: 'Int id auto', fromId: 'Int >User.id', toId: 'Int >User.id', note: 'String' }
    const Report = { ...DIRECT, text: 'String' }
    const Comment = { id: 'Int id auto', noteId: 'Int >Note.id', userId: 'Int >User.id', text: 'String' }
    const Heart = { noteId: 'Int id >Note.id', userId: 'Int id >User.id' }
    const Context = { id: 'Int id auto', userId: 'Int >User.id', text: 'String' }
    const models = { User, Note, Like, Report, Comment, Heart, Context }
    const config = proposeConfig(schema(models, { uniques: { Like: [['fromId', 'toId']] } }), './mingle')
    expect(config).toContain('message: skip()')
    expect(config).toContain("post: to('Note', {")
  })
})

describe('placeholders', () => {
  const Person = {
    ...User,
    badge: 'String unique',
    reputation: 'Int',
    since: 'DateTime',
    extra: 'Json',
    sex: 'Sex enum',
  }
  const metadata = schema({ Person }, { enums: { Sex: ['FEMALE', 'MALE'] } })
  const config = proposeConfig(metadata, './mingle')

  it('are named by check, each with its place and what it would be', async () => {
    expect(config).toContain('reputation: choose(0)')
    const problems = await read(config, metadata)
    for (const said of [
      /placeholder · Person\.reputation \(fact 'user'\): .*wrote 0\s+paste: reputation: 0,/,
      /placeholder · Person\.badge .*paste: badge: \(row\) =>/s,
      /placeholder · Person\.since .*new Date\('2024-01-01T00:00:00\.000Z'\)/s,
      /placeholder · Person\.extra .*wrote \{\}/,
      /placeholder · Person\.sex .*no word of yours for 'nonbinary', and wrote 'FEMALE'/,
    ]) {
      expect(problems.filter((text) => said.test(text))).toHaveLength(1)
    }
    expect(problems).toHaveLength(5)
  })

  it('and are none without choose', async () => {
    expect(await read(config.replaceAll(/choose\(((?:[^()]|\([^()]*\))*)\)/g, '$1'), metadata)).toEqual([])
  })
})
