import {
  ageOn,
  generateProfile,
  INTERESTS,
  Life,
  Missing,
  NEW_DAYS,
  reportPerson,
  textPack,
  ZONES,
  ZoneClock,
} from '../../../../sim/index.ts'
import type { History } from './history.ts'
import { partner } from './people-table.ts'
import type { Card, Line, PersonPage, Thread, ThreadMessage } from './protocol.ts'
import type { Who } from './who.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MOST_LINES = 2000
/** Two decisions farther apart belong to two decks. */
const DECK_GAP_MS = HOUR_MS / 2
const MOST_DECKS = 12

/**
 * Everything that there is to say about person k at a day boundary.
 *
 * @param until also what happens on the day that follows, up to so many ms since the run's start; null: nothing of it
 */
export function personPage(history: History, who: Who, k: number, end: number, until: number | null): PersonPage {
  const { config, population } = history
  const profile = generateProfile(population, k, who.joinDay(k))
  const texts = textPack(config.places)
  const lines: Line[] = []
  const days = until === null ? end : end + 1
  const daily = Array.from({ length: 5 }, () => new Float64Array(days))
  // Within a day the rows of a table follow each other in time.
  const rowsOf = (day: number, { at, rows }: { readonly at: ArrayLike<number>; readonly rows: number }) => {
    if (day < end || until === null) return rows
    let told = 0
    while (told < rows && day * DAY_MS + at[told]! <= until) told++
    return told
  }
  const hours = new Float64Array(24)
  const clock = new ZoneClock()
  const zone = population.places.cities[profile.city]!.zone
  const deck = { liked: 0, passed: 0, likedBy: 0, passedBy: 0 }
  const threads = new Map<number, { thread: Omit<Thread, 'messages'>; messages: ThreadMessage[] }>()
  const blocks: [Int32Array, Int32Array, number][] = []
  const say = (day: number, ms: number, kind: Line['kind'], other = 0, text = '') =>
    lines.push({ at: day * DAY_MS + ms, kind, other, otherName: other > 0 ? who.name(other) : '', text })
  const act = (day: number, ms: number) => {
    const local = day * DAY_MS + ms + clock.offsetMs(zone, config.startDay * DAY_MS + day * DAY_MS + ms)
    hours[((Math.floor(local / HOUR_MS) % 24) + 24) % 24]!++
  }
  const decks: { at: number; cards: Card[] }[] = []
  const decide = (at: number, other: number, liked: boolean) => {
    const last = decks.at(-1)
    const card = { at, other, otherName: who.name(other), liked }
    if (last && at - last.cards.at(-1)!.at < DECK_GAP_MS) last.cards.push(card)
    else decks.push({ at, cards: [card] })
  }
  let own: number | null = null
  for (let day = 0; day < days; day++) {
    for (const { market, tables } of history.factsOf(day)) {
      if (own !== null && market !== own) continue
      const { arrival, session, post, liked_post, profile_view, like, match, message, feed_seen } = tables
      for (let i = 0; i < rowsOf(day, arrival); i++) {
        if (arrival.k[i] !== k) continue
        say(day, arrival.at[i]!, 'join')
      }
      for (let i = 0; i < rowsOf(day, session); i++) {
        if (session.k[i] !== k) continue
        own = market
        daily[0]![day]!++
        const minutes = Math.max(1, Math.round((session.at[i]! - session.start[i]!) / 60_000))
        say(day, session.start[i]!, 'session', 0, `${minutes} min`)
      }
      for (let i = 0; i < rowsOf(day, feed_seen); i++) if (feed_seen.k[i] === k) act(day, feed_seen.at[i]!)
      for (let i = 0; i < rowsOf(day, post); i++) {
        if (post.k[i] !== k) continue
        daily[1]![day]!++
        say(day, post.at[i]!, 'post', 0, texts.renderPost(post.template[i]!, post.variant[i]!, post.operand[i]!))
      }
      for (let i = 0; i < rowsOf(day, liked_post); i++)
        if (liked_post.k[i] === k) say(day, liked_post.at[i]!, 'liked-post')
      for (let i = 0; i < rowsOf(day, profile_view); i++) {
        if (profile_view.k[i] === k) say(day, profile_view.at[i]!, 'view', profile_view.viewed[i]!)
      }
      for (let i = 0; i < rowsOf(day, like); i++) {
        if (like.k[i] === k) {
          if (like.action[i] === 1) {
            deck.liked++
            daily[2]![day]!++
          } else deck.passed++
          act(day, like.at[i]!)
          decide(day * DAY_MS + like.at[i]!, like.to[i]!, like.action[i] === 1)
          say(day, like.at[i]!, like.action[i] === 1 ? 'like' : 'dislike', like.to[i]!)
        } else if (like.to[i] === k) {
          if (like.action[i] === 1) {
            deck.likedBy++
            daily[3]![day]!++
            say(day, like.at[i]!, 'liked-by', like.k[i]!)
          } else deck.passedBy++
        }
      }
      blocks.push([match.k, match.other, match.first])
      for (let i = 0; i < rowsOf(day, match); i++) {
        if (match.k[i] !== k && match.other[i] !== k) continue
        const other = match.k[i] === k ? match.other[i]! : match.k[i]!
        const at = day * DAY_MS + match.at[i]!
        threads.set(match.first + i, {
          thread: { market, match: match.first + i, other, otherName: who.name(other), at },
          messages: [],
        })
        own = market
        say(day, match.at[i]!, 'match', other)
      }
      for (let i = 0; i < rowsOf(day, message); i++) {
        const found = threads.get(message.match[i]!)
        if (!found || found.thread.market !== market) continue
        const text = texts.renderMessage(
          message.template[i]!,
          message.variant[i]!,
          message.operand[i]!,
          message.person[i]!,
        )
        const from = message.k[i]!
        found.messages.push({ at: day * DAY_MS + message.at[i]!, from, text })
        if (from === k) {
          daily[4]![day]!++
          act(day, message.at[i]!)
        }
        say(
          day,
          message.at[i]!,
          from === k ? 'message' : 'message-from',
          from === k ? partner(blocks, message.match[i]!, k) : from,
          text,
        )
      }
    }
  }
  const { rhythm, quizzes } = reportPerson(config, k)
  lines.sort((a, b) => b.at - a.at)
  const missing = (['posts', 'quiz', 'bio', 'photo'] as const).filter((name) => profile.flags & Missing[name])
  return {
    k,
    name: profile.displayName,
    age: ageOn(profile.birthDay, config.startDay + end),
    gender: profile.gender,
    seeks: profile.seeks,
    intent: profile.intent,
    archetype: profile.archetype,
    city: `${who.city(profile.city)} (${ZONES[zone]!.name})`,
    bio: profile.bio,
    interests: profile.interests.map((id) => INTERESTS[id]!.name),
    pictures: profile.media,
    quizzes,
    missing,
    joinedDay: Math.floor(profile.joinedAt / DAY_MS),
    sociability: profile.sociability,
    selectivity: profile.selectivity,
    engagement: profile.engagement,
    standings: standingsOf(history, k, profile.joinedAt, end),
    sessionsPerDay: rhythm.sessionsPerDay,
    postsPerDay: profile.flags & Missing.posts ? 0 : rhythm.postsPerDay,
    hours,
    rhythm: rhythm.workday.map((share, hour) => share + rhythm.weekend[hour]!),
    daily,
    timeline: lines.slice(0, MOST_LINES),
    cut: Math.max(0, lines.length - MOST_LINES),
    deck,
    decks: decks.reverse().slice(0, MOST_DECKS),
    threads: [...threads.values()]
      .map(({ thread, messages }) => ({ ...thread, messages }))
      .sort((a, b) => lastOf(b) - lastOf(a)),
  }
}

/** Active people count as new for two weeks. */
function standingsOf(history: History, k: number, joinedAt: number, end: number): Int8Array {
  return history.livesOf(k, end).map((life, day) => {
    if (joinedAt > day * DAY_MS) return -1
    return life === Life.active && joinedAt > (day - NEW_DAYS) * DAY_MS ? Life.fresh : life
  })
}

const lastOf = ({ at, messages }: Thread) => messages.at(-1)?.at ?? at
