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

describe('the best pairs of fact and model over all', () => {
  const Person = { id: 'Int id auto', email: 'String unique' }
  const Post = { id: 'Int id auto', authorId: 'Int >User.id', text: 'String', createdAt: 'DateTime' }
  const of = (person: string, post: string) => ({ id: 'Int id auto', userId: person, postId: post, at: 'DateTime' })
  const ON_POST = of('Int >User.id', 'Int >Post.id')

  it('a post may have a second person who need not be there', () => {
    const pinned = { ...Post, moderatorId: 'Int? >User.id' }
    const config = proposeConfig(schema({ User: Person, Post: pinned, PostLike: ON_POST }), './mingle')
    expect(config).toContain("post: to('Post', {")
    expect(config).toContain("user_id: 'authorId'")
    expect(config).not.toContain('moderatorId')
  })

  it.each(['Notification', 'Repost', 'Comment', 'PostReport', 'Bookmark'])(
    '%s is neither a like nor a look',
    (name) => {
      const config = proposeConfig(schema({ User: Person, Post, [name]: ON_POST }), './mingle')
      expect(config).toContain('liked_post: skip()')
      expect(config).toContain('feed_seen: skip()')
      expect(config).toContain(`// Nothing is written to: ${name}`)
    },
  )

  it('each look and like finds its own table, whatever their order', () => {
    const models = {
      Reaction: ON_POST,
      PostView: ON_POST,
      ProfileView: { id: 'Int id auto', viewerId: 'Int >User.id', viewedId: 'Int >User.id', at: 'DateTime' },
      Post,
      User: Person,
    }
    for (const names of [Object.keys(models), Object.keys(models).reverse()]) {
      const turned = Object.fromEntries(names.map((name) => [name, models[name as keyof typeof models]]))
      const config = proposeConfig(schema(turned as typeof models), './mingle')
      for (const line of ["feed_seen: to('PostView'", "liked_post: to('Reaction'", "profile_view: to('ProfileView'"]) {
        expect(config).toContain(line)
      }
    }
  })

  it('a match with a state says the one in which people can write', async () => {
    const Match = {
      id: 'Int id auto',
      aId: 'Int >User.id',
      bId: 'Int >User.id',
      status: 'State enum value',
      at: 'DateTime',
    }
    const metadata = schema({ User: Person, Match }, { enums: { State: ['PENDING', 'ACCEPTED', 'ENDED'] } })
    const config = proposeConfig(metadata, './mingle')
    expect(config).toContain("status: 'ACCEPTED'")
    expect(await read(config, metadata)).toEqual([])
  })

  it('follows, passes and whoever was decided about stand side by side', async () => {
    const two = (a: string, b: string) => ({ [a]: 'Int >User.id', [b]: 'Int >User.id', createdAt: 'DateTime' })
    const models = {
      User: Person,
      Follow: two('followerId', 'followingId'),
      Pass: two('userId', 'passedId'),
      CheckedUsers: two('userId', 'checkedUserId'),
    }
    const keys = Object.fromEntries(
      Object.entries(models)
        .slice(1)
        .map(([name, fields]) => [name, Object.keys(fields).slice(0, 2)]),
    )
    const metadata = schema(models, { keys: { User: ['id'], ...keys } })
    const config = proposeConfig(metadata, './mingle')
    for (const line of [
      "to('Follow', { from_user_id: 'followerId', to_user_id: 'followingId', created_at: 'createdAt' }",
      "{ where: { action: 'LIKE' } }",
      "to('Pass', { from_user_id: 'userId', to_user_id: 'passedId', created_at: 'createdAt' }, { where: { action: 'DISLIKE' } })",
      "to('CheckedUsers', { from_user_id: 'userId', to_user_id: 'checkedUserId', created_at: 'createdAt' }",
      "{ where: { action: ['LIKE', 'DISLIKE'] } }",
    ]) {
      expect(config).toContain(line)
    }
    expect(await read(config, metadata)).toEqual([])
  })

  it('what may be something else is chosen as a whole', async () => {
    const FriendRequest = { id: 'Int id auto', fromId: 'Int >User.id', toId: 'Int >User.id', at: 'DateTime' }
    const metadata = schema({ User: Person, FriendRequest })
    const config = proposeConfig(metadata, './mingle')
    expect(config).toContain("like: choose(to('FriendRequest', {")
    expect(await read(config, metadata)).toEqual([
      expect.stringMatching(
        /^placeholder · FriendRequest \(fact 'like'\): 'mingle init' is not sure .*paste: like: to\('FriendRequest'/s,
      ),
    ])
  })

  it('a row an answer has its question and option, and interests their subject', async () => {
    const models = {
      User: Person,
      Category: { id: 'Int id auto', name: 'String unique' },
      Interest: { id: 'Int id auto', categoryId: 'Int >Category.id', key: 'String' },
      UserInterest: { userId: 'Int >User.id', interestId: 'Int >Interest.id', categoryId: 'Int >Category.id' },
      Quiz: { id: 'Int id auto', slug: 'String unique', title: 'String' },
      Question: { id: 'Int id auto', quizId: 'Int >Quiz.id', order: 'Int', text: 'String' },
      Choice: { id: 'Int id auto', questionId: 'Int >Question.id', order: 'Int', label: 'String' },
      Response: {
        id: 'Int id auto',
        userId: 'Int >User.id',
        questionId: 'Int >Question.id',
        choiceId: 'Int >Choice.id',
      },
    }
    const metadata = schema(models, {
      keys: { UserInterest: ['userId', 'interestId'] },
      uniques: {
        Interest: [['categoryId', 'key']],
        Question: [['quizId', 'order']],
        Choice: [['questionId', 'order']],
      },
    })
    const config = proposeConfig(metadata, './mingle')
    for (const line of [
      "subject: to('Category'",
      "subject_id: 'categoryId'",
      "quiz_answer: rows('Response', ['userId', 'questionId', 'choiceId'], (row) =>",
      'choiceId: pick.option_id',
    ]) {
      expect(config).toContain(line)
    }
    expect(await read(config, metadata)).toEqual([])
  })
})

it('shape tells more than names: what is said between two, what knows likes from dislikes, words for keys', () => {
  const two = { a: 'Int >User.id', b: 'Int >User.id' }
  const metadata = schema(
    {
      User: { ...User, shownName: 'String', bornYear: 'Int' },
      Meeting: { id: 'Int id auto', ...two, agreedAt: 'DateTime now' },
      MeetingNote: {
        id: 'Int id auto',
        meetingId: 'Int >Meeting.id',
        writerId: 'Int >User.id',
        content: 'String',
        seq: 'Int',
      },
      Follow: { followerId: 'Int >User.id', followedId: 'Int >User.id', since: 'DateTime now' },
      Judgement: {
        id: 'Int id auto',
        judgeId: 'Int >User.id',
        judgedId: 'Int >User.id',
        liked: 'Boolean',
        at: 'DateTime now',
      },
      Tag: { slug: 'String id', title: 'String' },
      UserTag: { userId: 'Int >User.id', tagSlug: 'String >Tag.slug' },
    },
    {
      uniques: { Meeting: [['a', 'b']], MeetingNote: [['meetingId', 'seq']], Judgement: [['judgeId', 'judgedId']] },
      keys: { Follow: ['followerId', 'followedId'], UserTag: ['userId', 'tagSlug'] },
    },
  )
  const config = proposeConfig(metadata, './mingle')
  for (const line of [
    "display_name: 'shownName'",
    'bornYear: (row) => row.birthdate.getUTCFullYear()',
    "like: to('Judgement'",
    "liked: 'liked'",
    "match: to('Meeting'",
    "message: to('MeetingNote'",
    "match_id: 'meetingId'",
    "position: 'seq'",
    "name: ['slug', 'title']",
    "interest_id: 'tagSlug'",
  ]) {
    expect(config).toContain(line)
  }
  expect(config).not.toContain('choose(')
})

it('of an enum with one known word, the other is asked for', () => {
  const Decision = { id: 'Int id auto', fromId: 'Int >User.id', aboutId: 'Int >User.id', verdict: 'Verdict enum' }
  const metadata = schema(
    { User, Decision },
    { enums: { Verdict: ['MEET', 'SKIP'] }, uniques: { Decision: [['fromId', 'aboutId']] } },
  )
  expect(proposeConfig(metadata, './mingle')).toContain(
    "action: as('verdict', { LIKE: choose('MEET'), DISLIKE: 'SKIP' })",
  )
})

describe('what jobs derive', () => {
  const site = (models: Record<string, Record<string, string>>, uniques: Record<string, string[][]> = {}) =>
    schema(
      {
        User: { ...User, name: 'String', birthdate: 'DateTime' },
        Tag: { id: 'Int id auto', name: 'String unique' },
        UserTag: { userId: 'Int >User.id', tagId: 'Int >Tag.id' },
        Post: { id: 'Int id auto', userId: 'Int >User.id', text: 'String', createdAt: 'DateTime' },
        Like: {
          id: 'Int id auto',
          fromId: 'Int >User.id',
          toId: 'Int >User.id',
          liked: 'Boolean',
          createdAt: 'DateTime',
        },
        ...models,
      },
      { keys: { UserTag: ['userId', 'tagId'] }, uniques: { Like: [['fromId', 'toId']], ...uniques } },
    )

  it('goes to models that plainly are for it, and check finds nothing about them', async () => {
    const metadata = site(
      {
        MatchScore: {
          id: 'String id uuid',
          candidateId: 'Int >User.id',
          userId: 'Int >User.id',
          score: 'Float',
          distanceKm: 'Float?',
          updatedAt: 'DateTime updatedAt',
        },
        SearchIndex: {
          userId: 'Int id >User.id',
          name: 'String',
          age: 'Int',
          hasBio: 'Boolean',
          computedAt: 'DateTime',
        },
        TrendingPost: { postId: 'Int id >Post.id', score: 'Float', viewCount: 'Int', createdAt: 'DateTime now' },
        TagSimilarity: { aId: 'Int >Tag.id', bId: 'Int >Tag.id', similarity: 'Float', computedAt: 'DateTime' },
        PersonalityTrait: { userId: 'Int >User.id', trait: 'String', value: 'Float', computedAt: 'DateTime' },
      },
      {
        MatchScore: [['userId', 'candidateId']],
        TagSimilarity: [['aId', 'bId']],
        PersonalityTrait: [['userId', 'trait']],
      },
    )
    const config = proposeConfig(metadata, './mingle')
    for (const line of [
      "match_score: to('MatchScore', {\n      user_id: 'userId',\n      candidate_id: 'candidateId',\n      score: 'score',\n      distance_km: 'distanceKm',\n      computed_at: 'updatedAt',",
      "searchable_user: to('SearchIndex', {\n      user_id: 'userId',\n      display_name: 'name',\n      age: 'age',\n      has_bio: 'hasBio',\n      computed_at: 'computedAt',",
      "trending_post: to('TrendingPost', {\n      post_id: 'postId',\n      views: 'viewCount',\n      score: 'score',\n      computed_at: 'createdAt',",
      "interest_relationship: to('TagSimilarity', {\n      interest_id: 'aId',\n      related_id: 'bId',\n      score: 'similarity',",
      "user_trait: to('PersonalityTrait', {\n      user_id: 'userId',\n      trait: 'trait',",
    ]) {
      expect(config).toContain(line)
    }
    expect(config).not.toContain('Nothing is written to')
    const problems = await read(config, metadata)
    expect(problems.filter((text) => /MatchScore|SearchIndex|Trending|TagSim|Trait/.test(text))).toEqual([])
  })

  it.each([
    ['without a moment', { MatchScore: { userId: 'Int >User.id', otherId: 'Int >User.id', score: 'Float' } }],
    [
      'without a unique',
      {
        MatchScore: {
          id: 'Int id auto',
          userId: 'Int >User.id',
          otherId: 'Int >User.id',
          score: 'Float',
          computedAt: 'DateTime',
        },
      },
    ],
    [
      'by another name',
      { Recommendation: { userId: 'Int >User.id', otherId: 'Int >User.id', score: 'Float', computedAt: 'DateTime' } },
    ],
    [
      'that wants more',
      {
        MatchScore: {
          userId: 'Int >User.id',
          otherId: 'Int >User.id',
          score: 'Float',
          reason: 'String',
          computedAt: 'DateTime',
        },
      },
    ],
  ])('goes to no model %s', (_, models) => {
    const [name, fields] = Object.entries(models)[0]!
    const unique = 'id' in fields ? {} : { [name]: [['userId', 'otherId']] }
    const config = proposeConfig(site(models as never, unique), './mingle')
    expect(config).not.toContain(`to('${name}'`)
    expect(config).toContain(`// Nothing is written to: ${name}`)
  })
})

it('what does not fit is no beginning of itself: letters for genders, codes of countries, texts that must be there', async () => {
  const Person = {
    id: 'Int id auto',
    email: 'String unique',
    sex: 'String Char(1)',
    country: 'String Char(2)',
    about: 'String',
  }
  const metadata = schema({ Person: { ...Person, town: 'String? VarChar(8)', dateOfBirth: 'DateTime' } })
  const config = proposeConfig(metadata, './mingle')
  expect(config).toContain("gender: as('sex', { woman: choose('F'), man: choose('M'), nonbinary: choose('X') })")
  expect(config).toContain("about: (row) => row.bio ?? ''")
  expect(config).toContain("country: choose('US')")
  expect(config).not.toContain('town')
  expect(config).not.toContain('truncate')
  const problems = await read(config.replaceAll(/choose\(('\w+')\)/g, '$1'), metadata)
  expect(problems).toEqual([])
})
