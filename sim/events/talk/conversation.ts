import { Life, Missing, Odd, Purpose } from '../../agents/index.ts'
import { drawMarkedMessage, Move, THREAD_WORDS, threadDateSet } from '../../content/index.ts'
import { exp } from '../../kernel/index.ts'
import type { PolicyParameters } from '../../parameters/index.ts'
import { Kind, Priority } from '../kinds.ts'
import { scheduleLeaving } from '../life/lifecycle.ts'
import { goOnline, scheduleEnd } from '../sessions/session.ts'
import { Mode } from '../sessions/sessions.ts'
import type { Site } from '../site.ts'
import type { Party } from './party.ts'

/** Messages after which even the best conversation moves elsewhere (chosen). */
const LONGEST_THREAD = 400
/** Messages before someone says goodbye instead of falling silent (chosen). */
const FAREWELL_AFTER = 4
/** Waking time after which silence is broken, in the middle (chosen). */
const FOLLOW_UP_MEDIAN_MS = 30 * 3_600_000

/** The first message of a match. */
export function openConversation(site: Site, row: number, match: number, now: number): void {
  const { threads, lives } = site
  if (!site.told || match < threads.base || lives.state[row] !== Life.active || threads.messages[match] !== 0) return
  send(site, row, match, Move.open, now)
}

/** An answer; the thread may have ended meanwhile because the person left. */
export function reply(site: Site, row: number, match: number, soFar: number, now: number): void {
  const { threads, lives } = site
  if (!site.told || match < threads.base || lives.state[row] !== Life.active || threads.messages[match] !== soFar)
    return
  send(site, row, match, Move.reply, now)
}

/** Another try after silence; or, once they had a date, word of how it was. */
export function followUp(site: Site, row: number, match: number, soFar: number, now: number): void {
  const { threads, lives } = site
  if (!site.told || match < threads.base || lives.state[row] !== Life.active || threads.messages[match] !== soFar)
    return
  const met = threadDateSet(threads.memory, match * THREAD_WORDS)
  send(site, row, match, met ? Move.afterDate : Move.followUp, now)
}

/** A kind word to end it. */
export function farewell(site: Site, row: number, match: number, soFar: number, now: number): void {
  const { threads, lives } = site
  if (!site.told || match < threads.base || lives.state[row] !== Life.active || threads.messages[match] !== soFar)
    return
  send(site, row, match, Move.farewell, now)
}

function send(site: Site, row: number, match: number, move: (typeof Move)[keyof typeof Move], now: number): void {
  const { threads, sessions } = site
  const other = threads.partner(match, row)
  const number = threads.messages[match]!
  if (sessions.mode[row] !== Mode.regular) goOnline(site, row, Mode.notified, now)
  if (sessions.mode[row] === Mode.notified || sessions.end[row] !== 0) scheduleEnd(site, row, now)

  const [sender, reader] = site.parties
  describe(site, row, sender)
  describe(site, other, reader)
  const moment = site.momentOf(row, now)
  const stream = site.about(Purpose.message, row, number, other)
  const draft = site.messageDraft
  site.texts.composeMessage(stream, move, threads.memory, match * THREAD_WORDS, sender, reader, moment, draft)
  if ((site.people.flags[row]! & Odd.spammer) !== 0) markMessage(site, row, number, other)
  const { template, variant, operand, person } = draft
  site.journal.addMessage(row, match - threads.base, template, variant, operand, person, site.at(now))
  threads.messages[match] = number + 1
  threads.last[match] = row
  if (site.probe !== null) site.probe.sent(match, row, number, move, now)
  if (move !== Move.farewell && number + 1 < LONGEST_THREAD) answerOrSilence(site, other, row, match, now)
}

/** Some of what a spammer writes is marked; the thread goes on as if the message had been said. */
function markMessage(site: Site, row: number, number: number, other: number): void {
  const stream = site.about(Purpose.marked, row, number, other)
  if (stream.next() >= site.population.minorities!.marked) return
  drawMarkedMessage(stream.next(), stream.next(), site.messageDraft)
}

/**
 * Log-odds that someone of this sociability answers the thread's message `number` (from 1), by the pair's chemistry.
 */
export function replyLogit(
  reply: PolicyParameters['reply'],
  sociability: number,
  chemistry: number,
  number: number,
): number {
  return (
    (number <= 1 ? reply.openerLogit : reply.laterLogit) +
    reply.sociability * (sociability - 0.5) +
    reply.chemistry * chemistry -
    reply.decay * number
  )
}

/** The recipient's side: whether to answer, and when. Silence may bring a second message by the sender. */
function answerOrSilence(site: Site, row: number, sender: number, match: number, now: number): void {
  const { people, threads } = site
  const { policy, waits } = site.rulesOf(row)
  const { reply: p } = policy
  const number = threads.messages[match]!
  const stream = site.about(Purpose.reply, row, number, sender)
  const chance = 1 / (1 + exp(-replyLogit(p, people.sociability[row]!, threads.chemistry[match]!, number)))
  const draw = stream.next()
  const answers = draw < chance
  if (site.probe !== null) site.probe.weighed(match, row, number, chance, draw, now)
  const live = stream.next() < p.liveShare
  if (answers && site.lives.state[row] === Life.active) {
    const then = live
      ? now + waits.live.draw(stream)
      : site.awake(row, now, waits.reply.draw(stream) / (0.5 + people.sociability[row]!))
    site.events.launch(then, Priority.usual, Kind.reply, row, match, number)
    if (site.probe !== null) site.probe.planned(match, row, Kind.reply, then)
    return
  }
  const u = stream.next()
  if (number >= FAREWELL_AFTER && u < p.farewell && site.lives.state[row] === Life.active) {
    const then = site.awake(row, now, waits.reply.draw(stream))
    site.events.launch(then, Priority.usual, Kind.farewell, row, match, number)
    if (site.probe !== null) site.probe.planned(match, row, Kind.farewell, then)
    return
  }
  const met = threadDateSet(threads.memory, match * THREAD_WORDS)
  if (stream.next() < (met ? p.afterDate : p.followUp)) {
    const then = site.awake(sender, now, FOLLOW_UP_MEDIAN_MS * (0.5 + stream.next()))
    site.events.launch(then, Priority.usual, Kind.followUp, sender, match, number)
    if (site.probe !== null) site.probe.planned(match, sender, Kind.followUp, then)
  }
  if (met) scheduleLeaving(site, row, sender, match, now)
}

/** Fills in what composing needs to know of a person. */
function describe(site: Site, row: number, who: Party): void {
  const { people } = site
  who.archetype = people.archetype[row]!
  who.sociability = people.sociability[row]!
  site.interestsOf(row, who.interests)
  who.city = people.city[row]!
  who.name = people.firstName[row]!
  who.intent = people.intent[row]!
  who.hasBio = (people.flags[row]! & Missing.bio) === 0
  who.lastPostTopic = site.sessions.lastTopic[row]! - 1
  who.writer = site.writerOf(row)
}
