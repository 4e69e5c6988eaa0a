import { INTERESTS, type Interest } from '../../../interests/interests.ts'
import { interestTexts, spoken } from '../interests/index.ts'
import { ownText } from '../persona/persona.ts'
import { mix } from './expand.ts'

/** The same word for the same name, worked out once. */
function once(make: (name: string) => string): (name: string) => string {
  const made = new Map<string, string>()
  return (name) => {
    let word = made.get(name)
    if (word === undefined) {
      word = make(name)
      made.set(name, word)
    }
    return word
  }
}

/** "My place" in a writer's mouth is "your place" when the writer speaks of the reader. */
const toReader = once((words) => words.replace(/\bmy\b/g, 'your'))

/** Names that stay as they are in the middle of a sentence. */
const KEEPS_CAPITALS = /^(TV|RPGs?|3D|DIY)$/

/** "True crime" in the middle of a sentence: "true crime"; "Reality TV": "reality TV". */
const small = once((name) =>
  name
    .split(' ')
    .map((word) => (KEEPS_CAPITALS.test(word) ? word : word.toLowerCase()))
    .join(' '),
)

/** Names that end in s and are no plural. */
const SINGULAR = /(?:ss|us|is|(?<!picn)ics|pilates|arts|news)$/

/** The name before another noun: "a horror movie night", "a novel reader". */
const attributive = once((name) => {
  const words = name.replace(/^(?:reading|learning|playing) /, '')
  if (SINGULAR.test(words)) return words
  // A novel story is a new one.
  if (words === 'novels') return 'book'
  return words
    .replace(/ies$/, /movies$/.test(words) ? 'ie' : 'y')
    .replace(/(?<!i|y)s$/, '')
    .replace(/ys$/, 'y')
})

/** What interests are called while one text is written. */
let rows: readonly Interest[] = INTERESTS

/** Writes one text in the words of a taxonomy. @param own rows in the order of `INTERESTS` */
export function inWordsOf<T>(own: readonly Interest[], write: () => T): T {
  const before = rows
  rows = own
  try {
    return write()
  } finally {
    rows = before
  }
}

/** What of an interest's texts is a person's own, by a number of its own. */
const Own = { start: 1, love: 2, tip: 3, answer: 4 } as const

/**
 * The slots that an interest fills: `noun`, `doing`, `do`, `name`, `tag` (for a hashtag), what agrees with the noun
 * (`is`, `was`, `has`, `it`), `gerund` (`doing` said to the one who does it), and the texts of `interests/`: those of
 * `owner` in what the owner says.
 */
export function interestWord(interest: number, slot: string, owner: number, seed: number): string | undefined {
  const found = rows[interest]
  if (found === undefined) return undefined
  const row = spoken(found)
  const texts = interestTexts(interest)
  const own = (list: readonly string[], what: number) => list[ownText(owner, interest, what, list.length)]
  switch (slot) {
    case 'noun':
      return row.noun
    case 'doing':
      return row.doing
    case 'gerund':
      return toReader(row.doing)
    case 'do':
      return row.do
    case 'name':
      return row.inText ?? small(row.name)
    case 'attr':
      return attributive(row.inText ?? small(row.name))
    case 'tag':
      return row.name.toLowerCase().replace(/[^a-z0-9]/g, '')
    case 'is':
      return row.plural ? 'are' : 'is'
    case 'was':
      return row.plural ? 'were' : 'was'
    case 'has':
      return row.plural ? 'have' : 'has'
    case 'it':
      return row.plural ? 'them' : 'it'
    case 'start':
      return own(texts.start, Own.start)
    case 'love':
      return own(texts.love, Own.love)
    case 'reason':
      return texts.love[(ownText(owner, interest, Own.love, texts.love.length) + 1) % texts.love.length]
    case 'tip':
      return own(texts.tip, Own.tip)
    case 'detailq':
      return texts.ask
    case 'detaila':
      return own(texts.answers, Own.answer)
    case 'story':
      return texts.story[mix(seed, 31) % texts.story.length]
    default:
      return undefined
  }
}
