import type { CAC } from 'cac'
import type { Explanation, PostName } from '../../../sim/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import { type Asked, askedOptions, withAskedRun } from '../../options/asked.ts'
import { type Flags, MOST_DAYS, MOST_PEOPLE } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

const QUESTIONS = ['like', 'match', 'reply', 'feed'] as const
type Question = (typeof QUESTIONS)[number]

export function registerExplain(cli: CAC): void {
  const command = cli.command(
    'explain <question> [...people]',
    'Why a decision fell as it did: explain like A B, match A B, reply A B, feed A [POST …]; A and B are person numbers',
  )
  askedOptions(command)
  command.option('--message <n>', "reply: which message of the thread is answered, from 1 (default: B's last)")
  command.option('--day <n>', 'reply, feed: the day of the run that is meant, from 0 (default: the last that fits)')
  command.option('--at <time>', 'reply, feed: the moment that is meant, such as 2024-01-05T19:30 (UTC)')
  command.example('  $ mingle explain like 12 40 --run-seed demo-2024 --count 1000 --days 90')
  command.example('  $ mingle explain match 12 40 --database-url file:./mingle.db')
  command.example('  $ mingle explain reply 12 40            # why silent? of the run in ./mingle.db')
  command.example('  $ mingle explain feed 12 --day 3        # why these items')
  command.example('  $ mingle explain feed 12 77:2 --json    # why the second post of person 77, or why not')
  command.action(explain)
}

async function explain(question: string, words: readonly string[], flags: Flags): Promise<number> {
  const asked = questionOf(question)
  const [a, b, posts] = peopleOf(asked, words)
  const when = whenOf(asked, flags)
  if (posts.length > 0 && (when.day ?? when.at) !== undefined) {
    throw new MingleError('BAD_INPUT', 'a post is shown to a person once: leave --day and --at out, or the posts')
  }
  const explained = await withAskedRun(flags, (run) => answer(asked, run, a, b, posts, when))
  if (flags.json === true) {
    const [first] = explained.answers
    const isOne = asked !== 'feed' || posts.length === 1
    console.log(
      JSON.stringify(isOne ? { run: explained.run, ...first } : { run: explained.run, items: explained.answers }),
    )
    return 0
  }
  const { explanationLines } = await import('../../reports/explanation-report.ts')
  console.log(`explain ${[asked, ...words].join(' ')}: ${explained.run}`)
  for (const each of explained.answers) console.log(`\n${explanationLines(each).join('\n')}`)
  if (explained.answers.length === 0) console.log(`\nNOTHING: ${a} saw nothing in the feed then.`)
  return 0
}

function questionOf(text: string): Question {
  const found = QUESTIONS.find((name) => name === text)
  if (found) return found
  throw new MingleError(
    'BAD_INPUT',
    `there is no question '${text}'; expected ${QUESTIONS.join(', ')}, such as: mingle explain like 12 40`,
  )
}

/** The two people; of the feed the reader and the posts that are asked about. */
function peopleOf(question: Question, words: readonly string[]): [number, number, readonly string[]] {
  const person = (text: string) => wholeNumber(text, `explain ${question}`, 1, MOST_PEOPLE)
  if (question === 'feed') {
    if (words.length === 0) throw new MingleError('BAD_INPUT', 'explain feed needs a person: mingle explain feed 12')
    return [person(words[0]!), 0, words.slice(1)]
  }
  if (words.length !== 2) {
    throw new MingleError(
      'BAD_INPUT',
      `explain ${question} needs two people, got ${words.length}: mingle explain ${question} 12 40`,
    )
  }
  return [person(words[0]!), person(words[1]!), []]
}

interface When {
  readonly message?: number
  readonly day?: number
  readonly at?: string
}

function whenOf(question: Question, flags: Flags): When {
  const message = typed(flags.message, '--message')
  const day = typed(flags.day, '--day')
  const at = typed(flags.at, '--at')
  if (message !== undefined && question !== 'reply')
    throw new MingleError('BAD_INPUT', '--message is for explain reply alone; leave it out')
  if ((day ?? at) !== undefined && question !== 'reply' && question !== 'feed') {
    throw new MingleError(
      'BAD_INPUT',
      `two people decide on each other once: leave ${day === undefined ? '--at' : '--day'} out`,
    )
  }
  if ([message, day, at].filter((each) => each !== undefined).length > 1) {
    throw new MingleError('BAD_INPUT', '--message, --day and --at each say which one is meant; give one of them')
  }
  if (at !== undefined && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?$/.test(at)) {
    throw new MingleError('BAD_INPUT', `--at expects a moment in UTC such as 2024-01-05T19:30, got '${at}'`)
  }
  return {
    ...(message !== undefined && { message: wholeNumber(message, '--message', 1, 1_000_000) }),
    ...(day !== undefined && { day: wholeNumber(day, '--day', 0, MOST_DAYS) }),
    ...(at !== undefined && { at }),
  }
}

async function answer(
  question: Question,
  asked: Asked,
  a: number,
  b: number,
  posts: readonly string[],
  when: When,
): Promise<{ run: string; answers: Explanation[] }> {
  const { explainFeed, explainLike, explainMatch, explainReply } = await import('../../../sim/index.ts')
  const { run, words } = asked
  switch (question) {
    case 'like':
      return { run: words, answers: [explainLike(run, a, b)] }
    case 'match':
      return { run: words, answers: [explainMatch(run, a, b)] }
    case 'reply':
      return { run: words, answers: [explainReply(run, a, b, when)] }
    case 'feed': {
      if (posts.length === 0) return { run: words, answers: explainFeed(run, a, when) }
      const names: PostName[] = []
      for (const post of posts) names.push(await postName(asked, post))
      return { run: words, answers: explainFeed(run, a, { posts: names }) }
    }
    default:
      return question satisfies never
  }
}

/** `77:2`, the second post of person 77; with a database also the id of a row. */
async function postName({ ledger }: Asked, text: string): Promise<PostName> {
  const named = /^(\d{1,9}):(\d{1,9})$/.exec(text)
  if (named) return { author: Number(named[1]), nth: Number(named[2]) }
  const expected = "a post by its author and which of the author's it is, such as 77:2"
  if (!/^\d{1,15}$/.test(text)) throw new MingleError('BAD_INPUT', `explain feed expects ${expected}, got '${text}'`)
  if (!ledger || ledger.database.mapping) {
    throw new MingleError(
      'BAD_INPUT',
      `'${text}' is no post here: expected ${expected}; ids are understood in a database of the reference schema`,
    )
  }
  const { postOfRow } = await import('../../../persist/index.ts')
  const { personOfRow } = await import('../../../run/index.ts')
  const { userId, nth } = await postOfRow(ledger.database.url, Number(text))
  return { author: await personOfRow(ledger.store, ledger.record, userId), nth }
}
