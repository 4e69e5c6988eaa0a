import { ARCHETYPES, INTENTS } from '../../../vocabulary.ts'
import { AFFORDANCES } from '../interests/affordances.ts'
import { ready } from '../words/contractions.ts'
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
  'drinks',
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

/** Bit of the second word that says that an interest is spoken of at all. */
export const HAS_INTEREST = 1 << 30

/** What a slot says of its line. The first are of the interest: its own words, and whether they name it. */
const Says = { interest: 1, named: 2, city: 4, theirs: 8, own: 16, drink: 32 } as const

const INTEREST_SLOTS = [
  'noun',
  'name',
  'attr',
  'gerund',
  'do',
  'doing',
  'start',
  'love',
  'tip',
  'story',
  'detailq',
  'detaila',
]
const NAMING_SLOTS = 5

const SLOTS = new Map<string, number>([
  ...INTEREST_SLOTS.map((slot, i) => [slot, Says.interest | (i < NAMING_SLOTS ? Says.named : 0)] as const),
  // The writer's own city; a question's `{city}` is the reader's, who has one when it is asked.
  ...['sight', 'roof', 'mycity', 'city'].map((slot) => [slot, Says.city] as const),
  ['theircity', Says.theirs],
  ['drink', Says.drink],
])

/** The facts that a line tells, by its slots, and the question that need not be asked any more. */
const FACT_SLOTS = new Map<string, Question>([
  ['origin', 'from'],
  ['years', 'years'],
  ['job', 'job'],
  ['sib', 'siblings'],
  ['sibhave', 'siblings'],
  ['pet', 'pets'],
  ['petname', 'pets'],
  ['petword', 'pets'],
  ['home', 'home'],
  ['kid', 'childhood'],
  ['trip', 'travel'],
  ['show', 'watch'],
  ['skill', 'skill'],
  ['drink', 'drink'],
  ['dish', 'dish'],
])

/** Slots that name nothing. */
const SPEECH_SLOTS = new Set(['ha', 'hey', 'first', 'you', 'hears'])

/** Words that are heard twice when two parts of a message say them: "Glad to hear it. Glad you asked." */
const ECHO_WORDS =
  /(?<!\w)(?:glad|good|nice|story|stories|well|so|okay|oh|ha|honest|honestly|thanks|thank|happy|smile|smiling|picture|remember|sorry|question|love|lovely|fair|easy|know|curious|tell|answer)(?!\w)/g
/** The beginnings of the words that count as one. */
const ECHOES = [...new Set(ECHO_WORDS.source.match(/[a-z]{2,}/g)!.map(stem))]

function stem(word: string): string {
  return word.slice(0, 4)
}

const ALL_INTENTS = (1 << INTENTS.length) - 1
const ALL_ARCHETYPES = (1 << ARCHETYPES.length) - 1
const CONDITIONS = /^[!~]?[a-z]+(?: [!~]?[a-z]+)*$/
export const NO_KINDS: readonly Question[] = []
/** Lines that a group has at most. */
export const GROUP_MAX = 256

/** Lines by group, as columns that are read where a line is chosen; the words are made ready when one is written out. */
export class LineTable {
  /** First line of each group, and one more at the end. */
  readonly from: Int32Array
  readonly size: number
  /** Group of each line. */
  readonly group: Uint8Array
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
  /** 1 where the line, a reaction, names a thing that was heard. */
  readonly namesThing: Uint8Array
  /** 1 where the line names what one of the two drinks. */
  readonly namesDrink: Uint8Array
  /** 1 where the line, a reaction, tells the writer's own side of what was heard. */
  readonly tellsOwn: Uint8Array
  /** Bits of the words that are heard when they are said twice, as far as the line says them. */
  readonly echoes: Int32Array
  /** Text of a line, without its conditions. */
  readonly textOf: (line: number) => string
  /** Kinds of question that the line answers unasked, by the facts it speaks of. Most lines: none. */
  readonly #teaches = new Map<number, readonly Question[]>()

  constructor(groups: readonly (readonly string[])[]) {
    const lines = groups.flat()
    const count = lines.length
    this.size = count
    this.from = new Int32Array(groups.length + 1)
    this.group = new Uint8Array(count)
    this.need = new Int32Array(count)
    this.deny = new Int32Array(count)
    this.needInterest = new Int32Array(count)
    this.denyInterest = new Int32Array(count)
    this.writers = new Uint16Array(count).fill(ALL_INTENTS | (ALL_ARCHETYPES << 8))
    this.mood = new Uint8Array(count)
    this.names = new Uint8Array(count)
    this.tellsOwn = new Uint8Array(count)
    this.namesThing = new Uint8Array(count)
    this.namesDrink = new Uint8Array(count)
    this.echoes = new Int32Array(count)
    groups.forEach((group, i) => {
      if (group.length > GROUP_MAX) throw new Error(`${group.length} lines are too many: "${group[0]}" and on`)
      const from = this.from[i]!
      this.from[i + 1] = from + group.length
      this.group.fill(i, from, from + group.length)
    })
    const texts = lines.map((line, i) => this.read(i, line))
    this.textOf = ready(texts)
  }

  teaches(line: number): readonly Question[] {
    return this.#teaches.get(line) ?? NO_KINDS
  }

  /** Reads a line into the columns; what is left is its text. */
  private read(i: number, line: string): string {
    const mark = line.indexOf('> ')
    const conditions = mark > 0 ? line.slice(0, mark) : ''
    const isMarked = conditions !== '' && CONDITIONS.test(conditions)
    if (isMarked) this.readConditions(i, conditions, line)
    this.readSlots(i, line)
    this.readTimes(i, line)
    this.readEchoes(i, isMarked ? line.slice(mark + 2) : line)
    if (((this.need[i]! | this.deny[i]!) & (Is.same | Is.sib | Is.pet)) !== 0) this.tellsOwn[i] = 1
    return isMarked ? line.slice(mark + 2) : line
  }

  private readConditions(i: number, conditions: string, line: string): void {
    let intents = 0
    let archetypes = 0
    for (const tag of conditions.split(' ')) {
      const opposite = OPPOSITES[tag]
      const denied = tag.startsWith('!') !== (opposite !== undefined)
      const name = opposite ?? tag.replace('!', '')
      const affordance = AFFORDANCES.indexOf(name as never)
      const mood = tag.startsWith('~') ? MOODS.indexOf(tag.slice(1) as never) : -1
      if (mood >= 0) this.mood[i] = mood
      else if (INTENTS.includes(tag as never)) intents |= 1 << INTENTS.indexOf(tag as never)
      else if (ARCHETYPES.includes(tag as never)) archetypes |= 1 << ARCHETYPES.indexOf(tag as never)
      else if (name in Is) (denied ? this.deny : this.need)[i]! |= Is[name as Mark]
      else if (affordance >= 0) (denied ? this.denyInterest : this.needInterest)[i]! |= 1 << affordance
      else throw new Error(`"${tag}" is no condition, in "${line}"`)
    }
    this.writers[i] = (intents || ALL_INTENTS) | ((archetypes || ALL_ARCHETYPES) << 8)
  }

  private readSlots(i: number, line: string): void {
    let told: Question[] | undefined
    for (let at = line.indexOf('{'); at >= 0; at = line.indexOf('{', at + 1)) {
      const slot = plainSlot(line.slice(at + 1, line.indexOf('}', at)))
      const says = SLOTS.get(slot) ?? (slot.startsWith('my') ? Says.own : 0)
      if ((says & Says.interest) !== 0) this.needInterest[i]! |= HAS_INTEREST
      if ((says & Says.named) !== 0) this.names[i] = 1
      if ((says & Says.city) !== 0) this.need[i]! |= Is.city
      if ((says & Says.theirs) !== 0) this.need[i]! |= Is.theircity
      if ((says & Says.own) !== 0) this.tellsOwn[i] = 1
      if ((says & Says.drink) !== 0) this.need[i]! |= Is.drinks
      if (!SPEECH_SLOTS.has(slot)) this.namesThing[i] = 1
      if (slot === 'drink' || slot === 'mydrink') this.namesDrink[i] = 1
      const kind = FACT_SLOTS.get(slot)
      if (kind !== undefined) told = [...(told ?? []), kind]
    }
    if (told !== undefined) this.#teaches.set(i, told)
  }

  private readEchoes(i: number, text: string): void {
    const said = text.replace('{ha}', 'ha ').toLowerCase()
    for (const [word] of said.matchAll(ECHO_WORDS)) this.echoes[i]! |= 1 << ECHOES.indexOf(stem(word))
  }

  /** Words that name a time of day keep a line to the times at which they can be said. */
  private readTimes(i: number, line: string): void {
    if (line.includes('tonight') || line.includes('this evening') || line.includes('this afternoon'))
      this.need[i]! |= Is.evening
    if (line.includes('this morning')) this.deny[i]! |= Is.night | Is.evening
    if (line.includes('all day')) this.deny[i]! |= Is.morning
    // On a Monday there is not much of the week to tell of.
    if (/\bthis week\b/.test(line)) this.deny[i]! |= Is.monday
    if (/\b[Tt]oday\b/.test(line)) this.deny[i]! |= Is.night | Is.morning
  }
}

/** `Slot`, `slot^` and `slot~` are `slot`; see `cased`. */
function plainSlot(slot: string): string {
  const last = slot.charCodeAt(slot.length - 1)
  const name = last === 94 || last === 126 ? slot.slice(0, -1) : slot
  const first = name.charCodeAt(0)
  return first >= 65 && first <= 90 ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** A table that is read when it is first asked for: commands that nobody talks in need none of it. */
export function lazyTable(groups: () => readonly (readonly string[])[]): () => LineTable {
  let table: LineTable | undefined
  return () => {
    table ??= new LineTable(groups())
    return table
  }
}
