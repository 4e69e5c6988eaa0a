import { INTERESTS, type Interest } from '../../../interests/interests.ts'
import { contracted } from '../words/contractions.ts'
import { Affords, readAffordances } from './affordances.ts'
import { CULTURE } from './culture.ts'
import { IDEAS_HOME } from './ideas-home.ts'
import { OUTDOORS_FITNESS } from './outdoors-fitness.ts'
import { TRAVEL_FOOD } from './travel-food.ts'

/** What people say about an interest: sentences without their stop. */
export interface InterestTexts {
  readonly start: readonly string[]
  readonly love: readonly string[]
  readonly tip: readonly string[]
  /** A question of its own, and the answers to it. */
  readonly ask: string
  readonly answers: readonly string[]
  readonly story: readonly string[]
}

const ROWS: Readonly<Record<string, string>> = { ...OUTDOORS_FITNESS, ...TRAVEL_FOOD, ...CULTURE, ...IDEAS_HOME }
const FIELDS = 6

/** What people call interests in a sentence where the dictionary's words are not what they would say. */
const SPOKEN: Readonly<Record<string, Partial<Interest>>> = {
  'City breaks': { noun: 'weekend trips', inText: 'weekend trips' },
  'Beach vacations': { doing: 'lying on a beach', do: 'plan a beach trip' },
}
const IN_A_SENTENCE = new Map(
  INTERESTS.filter(({ name }) => name in SPOKEN).map((row) => [row, { ...row, ...SPOKEN[row.name] }]),
)

/** The row as people speak of it; a user's own words stay as they are. */
export function spoken(row: Interest): Interest {
  return IN_A_SENTENCE.get(row) ?? row
}

/** The fields of an interest's row. One without a row of its own (an own taxonomy) has plain texts made of its names. */
function rowOf(interest: number): string {
  const { name, noun, doing } = INTERESTS[interest]!
  return (
    ROWS[name] ??
    `weekly | A friend introduced me to ${noun} years ago / I read about ${noun} once and got curious | I forget the time when I'm ${doing} / It's the best part of my week | Start small and find somebody who knows it / Give it a few weeks | Do you do it alone or with others? = Alone, mostly / With others, when I can | I spent far too long on ${noun} lately / I told everybody at dinner about ${noun}`
  )
}

function read(interest: number): InterestTexts {
  const { name } = INTERESTS[interest]!
  const fields = rowOf(interest).split(' | ')
  if (fields.length !== FIELDS) throw new Error(`${name} has ${fields.length} fields`)
  const list = (text: string) => text.split(' / ').map(contracted)
  const [ask, answers] = fields[4]!.split('? = ') as [string, string]
  return {
    start: list(fields[1]!),
    love: list(fields[2]!),
    tip: list(fields[3]!),
    ask: `${contracted(ask)}?`,
    answers: list(answers),
    story: list(fields[5]!),
  }
}

/** Bits of `Affords` by interest id, which is all that choosing a line needs to know of an interest. */
export const AFFORDED: Int32Array = Int32Array.from(INTERESTS, ({ name, noun, plural }, interest) => {
  const row = rowOf(interest)
  const mass = !plural && !/^the /.test(noun) ? Affords.mass : 0
  return readAffordances(row.slice(0, row.indexOf(' | ')), name) | mass
})

const made: InterestTexts[] = []

/** The texts of an interest, made ready when they are first asked for. */
export function interestTexts(interest: number): InterestTexts {
  made[interest] ??= read(interest)
  return made[interest]
}
