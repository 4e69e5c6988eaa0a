import { ARCHETYPES, INTENTS } from '../../../vocabulary.ts'
import { AFFORDANCES } from '../interests/affordances.ts'
import { contracted } from '../words/contractions.ts'
import { MOODS, type Question } from './kinds.ts'

/**
 * Lines by group as columns. A line may begin with conditions and `> `, set apart by spaces: intents or archetypes of
 * the writer (one of them must fit), marks of the situation or of the interest that is spoken of (all must fit; `!`
 * denies one), and `~mood`.
 */

/** Marks of a situation: bit i of the first word. */
export const SITUATION = [
  'morning',
  'midday',
  'evening',
  'night',
  'weekend',
  'midweek',
  'monday',
  'friday',
  'winter',
  'spring',
  'summer',
  'fall',
  'cold',
  'hot',
  'snowy',
  'near',
  'samecity',
  'native',
  'sib',
  'pet',
  'early',
  'same',
  'heardnative',
  'heardsib',
  'heardpet',
  'both',
  'city',
  'theircity',
  'call',
  'samestate',
] as const
export type Mark = (typeof SITUATION)[number]

/** Bit of each mark. */
export const Is = Object.fromEntries(SITUATION.map((name, i) => [name, 1 << i])) as Readonly<Record<Mark, number>>

/** Marks that are the absence of another. */
const OPPOSITES: Readonly<Record<string, string>> = {
  mover: 'native',
  nosib: 'sib',
  nopet: 'pet',
  late: 'early',
  far: 'near',
  workday: 'weekend',
  heardnosib: 'heardsib',
  heardnopet: 'heardpet',
}

/** The interest's own words; a line with one of them needs an interest. */
const INTEREST_SLOT =
  /\{(noun|Noun|name|Name|attr|Attr|doing|Doing|gerund|do|start|love|tip|story|detailq|detaila)[\^~]?\}/
const NAMES_INTEREST = /\{(noun|Noun|name|Name|attr|Attr|gerund|do)[\^~]?\}/

/** A fact of the writer's own, in a reaction to the other's. */
const OWN_SLOT = /\{[Mm]y(?!city)\w+\}/

/** The facts that a line tells, by its slots, and the question that need not be asked any more. */
const FACT_SLOTS: readonly (readonly [slot: RegExp, kind: Question])[] = [
  [/\{(?:origin|Origin)\}/, 'from'],
  [/\{(?:years|Years)\}/, 'years'],
  [/\{(?:job|Job)\}/, 'job'],
  [/\{(?:sib|Sib|sibhave)\^?\}/, 'siblings'],
  [/\{(?:pet|petname|petword)\}/, 'pets'],
  [/\{(?:home)\^?\}/, 'home'],
  [/\{(?:kid|Kid)\}/, 'childhood'],
  [/\{(?:trip|Trip)\}/, 'travel'],
  [/\{(?:show|Show)\}/, 'watch'],
  [/\{(?:skill)\}/, 'skill'],
]

/** The writer's own city; a question's `{city}` is the reader's, who has one when it is asked. */
const CITY_SLOT = /\{(sight|roof|mycity|[Cc]ity)\^?\}/

/** Bit of the second word that says that an interest is spoken of at all. */
export const HAS_INTEREST = 1 << 30

const ALL_INTENTS = (1 << INTENTS.length) - 1
const ALL_ARCHETYPES = (1 << ARCHETYPES.length) - 1
const CONDITIONS = /^((?:[!~]?[a-z]+)(?: [!~]?[a-z]+)*)> /

export interface LineTable {
  /** First line of each group, and one more at the end. */
  readonly from: Int32Array
  readonly size: number
  /** Text of a line. Made ready when it is first asked for: who only draws lines never needs their words. */
  readonly textOf: (line: number) => string
  /** Marks of the situation that must, and must not, be there; the same of the interest. */
  readonly need: Int32Array
  readonly deny: Int32Array
  readonly needInterest: Int32Array
  readonly denyInterest: Int32Array
  /** Bit i: writers of intent i may say it; bit 8 + i: writers of archetype i. */
  readonly writers: Uint16Array
  /** Place in `MOODS`. */
  readonly mood: Uint8Array
  /** 1 where the line names the interest. */
  readonly names: Uint8Array
  /** 1 where the line, a reaction, tells the writer's own side of what was heard. */
  readonly tellsOwn: Uint8Array
  /** Kinds of question that the line answers unasked, by the facts it speaks of. Most lines: none. */
  readonly teaches: ReadonlyMap<number, readonly Question[]>
}

export function readLines(groups: readonly (readonly string[])[]): LineTable {
  const from = new Int32Array(groups.length + 1)
  groups.forEach((lines, group) => {
    from[group + 1] = from[group]! + lines.length
  })
  const count = from[groups.length]!
  const lines = groups.flat()
  const ready: string[] = []
  const teaches = new Map<number, readonly Question[]>()
  const table: LineTable = {
    from,
    size: count,
    textOf: (line) => {
      ready[line] ??= contracted(lines[line]!.replace(CONDITIONS, ''))
      return ready[line]
    },
    need: new Int32Array(count),
    deny: new Int32Array(count),
    needInterest: new Int32Array(count),
    denyInterest: new Int32Array(count),
    writers: new Uint16Array(count),
    mood: new Uint8Array(count),
    names: new Uint8Array(count),
    tellsOwn: new Uint8Array(count),
    teaches,
  }
  lines.forEach((line, i) => {
    readConditions(table, i, line)
    const told = FACT_SLOTS.filter(([slot]) => slot.test(line)).map(([, kind]) => kind)
    if (told.length > 0) teaches.set(i, told)
  })
  return table
}

function readConditions(table: LineTable, i: number, line: string): void {
  let intents = 0
  let archetypes = 0
  for (const tag of CONDITIONS.exec(line)?.[1]?.split(' ') ?? []) {
    const opposite = OPPOSITES[tag]
    const denied = tag.startsWith('!') !== (opposite !== undefined)
    const name = opposite ?? tag.replace('!', '')
    const mark = SITUATION.indexOf(name as Mark)
    const affordance = AFFORDANCES.indexOf(name as never)
    if (tag.startsWith('~')) table.mood[i] = MOODS.indexOf(tag.slice(1) as never)
    else if (INTENTS.includes(tag as never)) intents |= 1 << INTENTS.indexOf(tag as never)
    else if (ARCHETYPES.includes(tag as never)) archetypes |= 1 << ARCHETYPES.indexOf(tag as never)
    else if (mark >= 0) (denied ? table.deny : table.need)[i]! |= 1 << mark
    else if (affordance >= 0) (denied ? table.denyInterest : table.needInterest)[i]! |= 1 << affordance
    else throw new Error(`"${tag}" is no condition, in "${line}"`)
  }
  table.writers[i] = (intents || ALL_INTENTS) | ((archetypes || ALL_ARCHETYPES) << 8)
  if (INTEREST_SLOT.test(line)) table.needInterest[i]! |= HAS_INTEREST
  if (NAMES_INTEREST.test(line)) table.names[i] = 1
  const sided = table.need[i]! | table.deny[i]!
  if ((sided & (Is.same | Is.sib | Is.pet)) !== 0 || OWN_SLOT.test(line)) table.tellsOwn[i] = 1
  if (CITY_SLOT.test(line)) table.need[i]! |= Is.city
  readTimes(table, i, line)
  if (line.includes('{theircity}')) table.need[i]! |= Is.theircity
}

/** Words that name a time of day keep a line to the times at which they can be said. */
function readTimes(table: LineTable, i: number, line: string): void {
  if (/\btonight\b|\bthis (?:evening|afternoon)\b/.test(line)) table.need[i]! |= Is.evening
  if (/\bthis morning\b/.test(line)) table.deny[i]! |= Is.night | Is.evening
  if (/\b[Tt]oday\b/.test(line)) table.deny[i]! |= Is.night | Is.morning
}
