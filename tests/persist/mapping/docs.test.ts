import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  checkPlan,
  type MingleConfig,
  planMapping,
  problemText,
  type Relation,
  SOURCE_NAMES,
  SOURCES,
  to,
} from '../../../persist/index.ts'
import { schema } from './schema-text.ts'

const root = join(import.meta.dirname, '../../..')
const text = readFileSync(join(root, 'docs/mapping.md'), 'utf8')

it('docs/mapping.md names every fact and column', () => {
  const table = text.slice(text.indexOf('## What can be mapped'), text.indexOf('## Two likes'))
  const missing = SOURCE_NAMES.flatMap((name) => [name, ...Object.keys(SOURCES[name].columns)]).filter(
    (word) => !table.includes(`\`${word}\``),
  )
  expect(missing).toEqual([])
})

describe('the code of docs/mapping.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-docs-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The first code block of a section, as a configuration. */
  async function configOf(section: string, wrap = (code: string) => code): Promise<MingleConfig> {
    const code = /```ts\n([\s\S]*?)```/.exec(text.split(`## ${section}`)[1]!)![1]!
    const file = join(folder, `${section.replaceAll(' ', '-')}.ts`)
    writeFileSync(file, wrap(code).replace("from 'mingle'", `from '${join(root, 'persist/mapping/config/config.ts')}'`))
    return (await import(file)).default as MingleConfig
  }

  const SITE = {
    User: { id: 'String id uuid', email: 'String unique', createdAt: 'DateTime' },
    Profile: { userId: 'String id >User.id', name: 'String', genderId: 'Int >Gender.id', goal: 'Goal enum' },
    Gender: { id: 'Int id auto', slug: 'String unique' },
    Interest: { id: 'Int id auto', name: 'String unique' },
    Swipe: { fromId: 'String >User.id', toId: 'String >User.id', dir: 'Dir enum' },
    Conversation: { id: 'Int id auto', startedAt: 'DateTime' },
    Participant: { conversationId: 'Int >Conversation.id', userId: 'String >User.id' },
    Message: {
      id: 'Int id auto',
      conversationId: 'Int >Conversation.id',
      senderId: 'String >User.id',
      text: 'String',
      sentAt: 'DateTime',
    },
    Pair: {
      aId: 'String >User.id',
      bId: 'String >User.id',
      aSays: 'String?',
      aAt: 'DateTime?',
      bSays: 'String?',
      bAt: 'DateTime?',
    },
  }
  const site = () => {
    const metadata = schema(SITE, {
      enums: { Goal: ['SERIOUS', 'CASUAL', 'FRIENDS'], Dir: ['LEFT', 'RIGHT'] },
      keys: { Swipe: ['fromId', 'toId'], Participant: ['conversationId', 'userId'], Pair: ['aId', 'bId'] },
    })
    // The one thing that the words for a schema cannot say: a list on both sides.
    const list = (model: string) => ({ name: 'InterestToUser', model, from: [], to: [], list: true })
    const lists: Record<string, Relation> = {
      User: { ...list('Interest'), field: 'interests' },
      Interest: { ...list('User'), field: 'users' },
    }
    const models = metadata.models.map((model) =>
      lists[model.name] ? { ...model, relations: [...model.relations, lists[model.name]!] } : model,
    )
    return { ...metadata, models }
  }
  const problemsOf = (config: MingleConfig) => {
    const plan = planMapping(config, site())
    return [...plan.problems, ...checkPlan(plan)].map(problemText)
  }

  it('maps, but for the lookup rows whose table nobody filled', async () => {
    const config = await configOf('The configuration')
    expect(Object.keys(config.map)).toContain('match')
    expect(problemsOf({ ...config, map: { ...config.map, interest: to('Interest', { name: 'name' }) } })).toEqual([])
  })

  it('folds two likes into one row', async () => {
    const { map } = await configOf(
      'Two likes in one row',
      (code) => `import { to } from 'mingle'\nexport default { schema: '.', map: {\n${code}\n} }`,
    )
    const user = to('User', { id: 'id', email: 'email', created_at: 'createdAt' })
    expect(problemsOf({ schema: '.', map: { user, ...map } })).toEqual([])
  })
})
