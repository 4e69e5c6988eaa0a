import type { Stream } from '../../../../kernel/index.ts'
import { INTERESTS } from '../../../interests/interests.ts'
import { AFFORDED } from '../interests/index.ts'
import {
  archetypeOf,
  intentOf,
  isLate,
  isNative,
  petCode,
  petOf,
  siblingsCode,
  siblingsOf,
} from '../persona/persona.ts'
import { HAS_INTEREST, Is, type LineTable } from '../talk/line-table.ts'
import { drinksAsLiked, inSeason, surroundings } from '../talk/situation.ts'
import type { Moment } from '../talk/speaker.ts'
import { packPostOperand, SALTS } from './pack.ts'
import { INTEREST_GROUP, postPart } from './parts.ts'

/** What a post needs to know of its writer. */
export interface PostWriter {
  readonly interests: readonly number[]
  /** City id, −1 if unknown. */
  readonly city: number
  /** The writer's word (`persona.ts`). */
  readonly writer: number
}

/** A post before it is written out: three 32-bit integers. */
export interface PostDraft {
  template: number
  variant: number
  operand: number
}

/** Share of posts on a topic that are about an interest of the writer's, when there is one (chosen). */
const INTEREST_SHARE = 0.6

/** One of the writer's interests on the topic that has its season, each equally likely; −1 if there is none. */
function interestOn(stream: Stream, who: PostWriter, topic: number, moment: Moment): number {
  let found = -1
  let count = 0
  for (const interest of who.interests) {
    if (INTERESTS[interest]!.topic !== topic || !inSeason(interest, who.city, moment.day)) continue
    count++
    if (count === 1 || stream.nextInt(count) === 0) found = interest
  }
  return found
}

/** Draws a post on a topic (its code) into `out`. */
export function drawPost(stream: Stream, who: PostWriter, topic: number, moment: Moment, out: PostDraft): void {
  let interest = interestOn(stream, who, topic, moment)
  if (interest >= 0 && !stream.chance(INTEREST_SHARE)) interest = -1
  drawLine(stream, who, interest >= 0 ? INTEREST_GROUP : topic, interest, moment, out)
}

/** Reused by every call: the lines of a group that can be posted. */
const FITTING = new Int32Array(256)
/** Lines that are tried at random before all are looked at: most can be posted (chosen). */
const TRIES = 4

/** Draws a line of the group that the writer can post then and there. */
export function drawLine(
  stream: Stream,
  who: PostWriter,
  group: number,
  subject: number,
  moment: Moment,
  out: PostDraft,
): void {
  const { writer, city } = who
  const situation = surroundings(city, moment) | circumstances(writer, who.interests)
  const bits = group === INTEREST_GROUP ? (AFFORDED[subject] ?? 0) | HAS_INTEREST : 0
  const table = postPart()
  const from = table.from[group]!
  const size = table.from[group + 1]! - from
  const speaker = (1 << intentOf(writer)) | (256 << archetypeOf(writer))
  let line = -1
  for (let tries = 0; tries < TRIES && line < 0; tries++) {
    const at = from + stream.nextInt(size)
    if (fits(table, at, situation, bits, speaker)) line = at
  }
  if (line < 0) {
    let count = 0
    for (let at = from; at < from + size; at++) {
      if (fits(table, at, situation, bits, speaker)) FITTING[count++] = at
    }
    line = count === 0 ? from : FITTING[stream.nextInt(count)]!
  }
  out.template = line
  out.variant = writer
  out.operand = packPostOperand(subject, city, stream.nextInt(SALTS))
}

function circumstances(writer: number, interests: readonly number[]): number {
  let bits = 0
  if (isNative(writer)) bits |= Is.native
  if (siblingsOf(siblingsCode(writer)).count > 0) bits |= Is.sib
  if (petOf(petCode(writer)).kind > 0) bits |= Is.pet
  if (!isLate(writer)) bits |= Is.early
  if (drinksAsLiked(writer, interests)) bits |= Is.drinks
  return bits
}

function fits(table: LineTable, line: number, situation: number, bits: number, speaker: number): boolean {
  const need = table.need[line]!
  if ((situation & need) !== need || (situation & table.deny[line]!) !== 0) return false
  const needInterest = table.needInterest[line]!
  if ((bits & needInterest) !== needInterest || (bits & table.denyInterest[line]!) !== 0) return false
  return (table.writers[line]! & speaker) === speaker
}
