import { z } from 'zod'
import {
  badInput,
  INTERESTS,
  type Interest,
  LEAST_INTERESTS,
  type OwnInterest,
  type OwnTaxonomy,
  SUBJECTS,
} from '../../sim/index.ts'
import { readChecked } from './read-file.ts'

const word = z.string().min(1).max(60)

const INTEREST = z.strictObject({
  name: z.string().min(1).max(40).describe('Title as a profile shows it, unique: "Wild swimming"'),
  like: word.optional().describe("Mingle's interest that is nearest: what people say of it, they say of yours"),
  noun: word.optional().describe('In the middle of a sentence: "wild swimming"'),
  plural: z.boolean().optional().describe('Whether the noun takes a plural verb: "board games are"'),
  doing: word.optional().describe('After "I love" or "into": "swimming in rivers"'),
  do: word.optional().describe('After "we should": "go for a wild swim"'),
  popularity: z.number().min(1).max(5).optional().describe('1 rare to 5 very common'),
})
type Given = z.infer<typeof INTEREST>

/** Subjects and interests of one's own, in the place of Mingle's. */
export const TAXONOMY_FILE = z.strictObject({
  $schema: z.string().optional(),
  subjects: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(30),
        interests: z.array(z.union([z.string().min(1).max(40).describe("One of Mingle's, as it is"), INTEREST])).min(1),
      }),
    )
    .min(1)
    .describe(`Headings with their interests; at least ${LEAST_INTERESTS} interests in all`),
})
type TaxonomyFile = z.infer<typeof TAXONOMY_FILE>

/** @throws MingleError BAD_INPUT for what is no such file, naming the subject and the interest */
export function readTaxonomy(file: string): OwnTaxonomy {
  const { subjects } = readChecked(file, TAXONOMY_FILE, 'a taxonomy')
  const given = subjects.flatMap(({ interests }, subject) =>
    interests.map((interest, i) => ({
      interest: typeof interest === 'string' ? { name: interest } : interest,
      subject,
      at: `${file}: subjects.${subject}.interests.${i}`,
    })),
  )
  const twice = subjects.findIndex(({ name }, i) => subjects.findIndex((other) => other.name === name) < i)
  if (twice >= 0)
    throw badInput(`${file}: subjects.${twice}.name is "${subjects[twice]!.name}", as another's; expected each once`)
  if (given.length < LEAST_INTERESTS) {
    throw badInput(
      `${file} has ${given.length} interests; expected at least ${LEAST_INTERESTS}, since people have up to eight`,
    )
  }
  const names = new Map<string, string>()
  const kinds = new Map<number, string>()
  const interests = given.map(({ interest, subject, at }): OwnInterest => {
    const name = interest.name.toLowerCase()
    if (names.has(name)) throw badInput(`${at}.name is "${interest.name}", as another's; expected each once`)
    names.set(name, at)
    const kind = kindOf(interest, at)
    const before = kinds.get(kind.id)
    if (before !== undefined) {
      throw badInput(
        `${at} is like "${kind.name}", as "${before}" is; expected each to be like another, so that people speak of one at a time`,
      )
    }
    kinds.set(kind.id, interest.name)
    return { kind: kind.id, subject, ...wordsOf(interest, kind) }
  })
  return { subjects: subjects.map(({ name }) => name), interests }
}

/** The interest of ours that is meant. */
function kindOf({ name, like }: Given, at: string): Interest {
  const wanted = like ?? name
  const found = INTERESTS.find((interest) => interest.name.toLowerCase() === wanted.toLowerCase())
  if (found) return found
  const start = wanted.slice(0, 2).toLowerCase()
  const close = INTERESTS.filter((interest) => interest.name.toLowerCase().startsWith(start))
  const some = (close.length > 0 ? close : INTERESTS).slice(0, 5).map((interest) => interest.name)
  throw badInput(
    like === undefined
      ? `${at} is "${name}", which is none of Mingle's interests; expected { "name": "${name}", "like": … } with one that is near, such as ${some.join(', ')} ('mingle schema taxonomy --example' has all)`
      : `${at}.like is "${like}"; expected one of Mingle's interests, such as ${some.join(', ')} ('mingle schema taxonomy --example' has all)`,
  )
}

/** Its words; where it has another name than its kind and says no more, words that fit whatever it is. */
function wordsOf(given: Given, kind: Interest): Omit<OwnInterest, 'kind' | 'subject'> {
  const { name, popularity = kind.popularity } = given
  const same = name.toLowerCase() === kind.name.toLowerCase()
  const noun = given.noun ?? (same ? kind.noun : inSentence(name))
  const plural = given.plural ?? (same && given.noun === undefined && kind.plural)
  const gerund = /^\w{3,}ing$/i.test(noun)
  return {
    name,
    noun,
    plural,
    doing: given.doing ?? (same ? kind.doing : gerund ? noun : `enjoying ${noun}`),
    do: given.do ?? (same ? kind.do : gerund ? `do some ${noun}` : `enjoy some ${noun}`),
    popularity,
  }
}

/** A title without the capital letter that it begins with, unless its first word has others, or is a name of letters. */
function inSentence(name: string): string {
  const [first = ''] = name.split(' ')
  return /^[A-Z][^A-Z]*$/.test(first) ? name[0]!.toLowerCase() + name.slice(1) : name
}

/** Mingle's own, as a file to begin with. */
export function taxonomyExample(): TaxonomyFile {
  return {
    $schema: './taxonomy.schema.json',
    subjects: SUBJECTS.map((name, subject) => ({
      name,
      interests: INTERESTS.filter((interest) => interest.subject === subject).map(
        ({ name, noun, plural, doing, do: act, popularity }) => ({ name, noun, plural, doing, do: act, popularity }),
      ),
    })),
  }
}
