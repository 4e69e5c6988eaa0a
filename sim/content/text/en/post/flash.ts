import type { Stream } from '../../../../kernel/index.ts'
import { TOPICS } from '../../../vocabulary.ts'
import { expand } from '../words/expand.ts'
import { polish } from '../words/polish.ts'
import { inVoice, voiced } from '../words/voice.ts'
import { FESTIVAL_POSTS, FESTIVALS, HOLIDAY_POSTS, TREND_POSTS, TRENDS } from './flash-templates.ts'
import { isSmall, type PostDraft, type PostWriter, suits, templateText } from './post.ts'

/**
 * Posts on what the whole town talks about. A flash is one integer: 0–5 a holiday (its place in `HOLIDAYS`),
 * `FESTIVAL_BASE` + n a local festival, `TREND_BASE` + n a trending topic; any n ≥ 0 names one of the known festivals or
 * trends, so that a model may draw n as it likes. It is the operand of the post.
 */
export const FESTIVAL_BASE = 1000
export const TREND_BASE = 2000

/** Template ids of flash posts begin here: base + family · 256 + place in its list. */
export const FLASH_BASE = 14 * 256
const FAMILY_SPAN = 256

export interface Holiday {
  readonly name: string
  readonly month: number
  /** Day of the month, or 0 for the n-th weekday (0 = Sunday) of the month. */
  readonly day: number
  readonly nth?: number
  readonly weekday?: number
  /** Code of the topic that its posts count as. */
  readonly topic: number
}

const everyday = TOPICS.indexOf('everyday')

export const HOLIDAYS: readonly Holiday[] = [
  { name: "New Year's Day", month: 1, day: 1, topic: TOPICS.indexOf('nightlife') },
  { name: "Valentine's Day", month: 2, day: 14, topic: everyday },
  { name: 'Independence Day', month: 7, day: 4, topic: TOPICS.indexOf('outdoors') },
  { name: 'Halloween', month: 10, day: 31, topic: TOPICS.indexOf('nightlife') },
  { name: 'Thanksgiving', month: 11, day: 0, nth: 4, weekday: 4, topic: TOPICS.indexOf('food') },
  { name: 'Christmas', month: 12, day: 25, topic: TOPICS.indexOf('home') },
]

const FAMILIES: readonly (readonly string[])[] = [...HOLIDAY_POSTS, FESTIVAL_POSTS, TREND_POSTS]
const FESTIVAL_FAMILY = HOLIDAYS.length
const TREND_FAMILY = FESTIVAL_FAMILY + 1

function familyOf(flash: number): number {
  return flash >= TREND_BASE ? TREND_FAMILY : flash >= FESTIVAL_BASE ? FESTIVAL_FAMILY : flash
}

/** Code of the topic that posts on the flash count as. */
export function flashTopic(flash: number): number {
  if (flash >= TREND_BASE) return TOPICS.indexOf(TRENDS[(flash - TREND_BASE) % TRENDS.length]![1])
  if (flash >= FESTIVAL_BASE) return TOPICS.indexOf(FESTIVALS[(flash - FESTIVAL_BASE) % FESTIVALS.length]![1])
  return HOLIDAYS[flash]!.topic
}

/** The flash in words: "Halloween", "the Harbor Lights Festival", "the partial eclipse". */
export function flashName(flash: number): string {
  if (flash >= TREND_BASE) return TRENDS[(flash - TREND_BASE) % TRENDS.length]![0]
  if (flash >= FESTIVAL_BASE) return FESTIVALS[(flash - FESTIVAL_BASE) % FESTIVALS.length]![0]
  return HOLIDAYS[flash]!.name
}

/** Draws a post on a flash into `out`. */
export function drawFlashPost(stream: Stream, who: PostWriter, flash: number, out: PostDraft): void {
  const family = familyOf(flash)
  const templates = FAMILIES[family]!
  let at = stream.nextInt(templates.length)
  while (!suits(templates[at]!, who.archetype)) at = (at + 1) % templates.length
  out.template = FLASH_BASE + family * FAMILY_SPAN + at
  out.variant = voiced(stream.nextUint32(), who.archetype, stream.next())
  out.operand = flash
}

export function renderFlashPost(template: number, variant: number, flash: number): string {
  const at = template - FLASH_BASE
  const tagged = FAMILIES[Math.floor(at / FAMILY_SPAN)]?.[at % FAMILY_SPAN]
  if (tagged === undefined) throw new Error(`there is no post template ${template}`)
  const name = flashName(flash)
  const grown = expand(templateText(tagged), variant, (slot) => (slot === 'flash' ? name : undefined))
  return inVoice(polish(grown), variant, `emoji:${TOPICS[flashTopic(flash)]}`, isSmall(tagged))
}
