import { badInput, type StreamKeys } from '../../kernel/index.ts'
import { Purpose } from '../purposes.ts'

/** People who are not what they seem, as shares of all, 0–1; a run has none unless it says so. */
export interface Minorities {
  /** Who come many times a day at any hour, like whom they see, and post nothing. */
  readonly bots: number
  /** Who post often, and whose posts are marked ones (`markOf`) with the chance `marked`. */
  readonly spammers: number
  readonly marked: number
}

/** Bits of `PersonTraits.flags` beside `Missing`: what the ledger and an export know about them. */
export const Odd = { bot: 16, spammer: 32 } as const

/** What a minority changes in somebody: the fields of a person that it reads and writes. */
interface Changed {
  flags: number
  sociability: number
  selectivity: number
  engagement: number
  warmth: number
  sessionRate: number
  postRate: number
}

const BOT_SESSIONS_PER_DAY = 9
const BOT_WARMTH = 6
const SPAMMER_POSTS_PER_DAY = 3
const SPAMMER_SESSIONS_PER_DAY = 4

/** Makes person k one of a minority, or leaves the person alone: a draw of k's own, and no other is moved. */
export function makeOdd(keys: StreamKeys, { bots, spammers }: Minorities, k: number, person: Changed): void {
  const u = keys.uniform(Purpose.minority, k, 0, 0)
  if (u < bots) {
    person.flags |= Odd.bot
    person.selectivity = 0
    person.engagement = 1
    person.warmth = BOT_WARMTH
    person.sessionRate = BOT_SESSIONS_PER_DAY
    person.postRate = 0
  } else if (u < bots + spammers) {
    person.flags |= Odd.spammer
    person.sociability = 1
    person.sessionRate = Math.max(person.sessionRate, SPAMMER_SESSIONS_PER_DAY)
    person.postRate = SPAMMER_POSTS_PER_DAY
  }
}

/** @throws MingleError BAD_INPUT when a share is none, or the shares are more than all */
export function checkMinorities(minorities: Minorities): void {
  for (const [name, share] of Object.entries(minorities)) {
    if (!(share >= 0 && share <= 1)) throw badInput(`the share of ${name} is ${share}; give a number from 0 to 1`)
  }
  const { bots, spammers } = minorities
  if (bots + spammers > 1)
    throw badInput(`bots and spammers are ${bots + spammers} of all people; give at most 1 in all`)
}
