import { Odd, Purpose } from '../../agents/index.ts'
import { drawMarkedPost, INTERESTS } from '../../content/index.ts'
import { exp, type Stream } from '../../kernel/index.ts'
import { continueSession, postsAgain } from '../sessions/session.ts'
import type { Site } from '../site.ts'

/** Share of posts on a topic of the writer's own interests (chosen); the rest follow the archetype. */
const OWN_INTEREST_SHARE = 0.6
/** Share of posts with pictures, and of those with a second and a third (chosen). */
const PICTURE_SHARE = 0.35
const MORE_PICTURES = 0.3
const MOST_ENTRIES = 8
/** Posts that a session can have, which the author's own numbers of the posts leave room for (chosen). */
const MOST_POSTS = 16
/** Steps between two posts of a session are fewer than this (chosen). */
const MOST_GAP = 6

/** Writes a post. How far it spreads follows from its quality, and that from its writer's appeal and luck. */
export function writePost(site: Site, row: number, now: number): void {
  const { people, sessions, feed, policy, flashes } = site
  const k = people.k[row]!
  const nth = sessions.posts[row]!
  const ordinal = sessions.ordinal[row]! * MOST_POSTS + nth
  const writerWord = site.writerOf(row)
  const stream = site.keys.day(site.rng, Purpose.posts, k, ordinal)
  const wait = site.waits.step.draw(stream)
  const interests = site.interestsOf(row)
  const city = people.city[row]!
  const writer = { interests, city, writer: writerWord }
  const moment = site.momentOf(row, now)

  const draft = site.postDraft
  let topic: number
  const own = stream.next() < OWN_INTEREST_SHARE && interests.length > 0
  if (own) topic = INTERESTS[stream.choice(interests)]!.topic
  else topic = site.topics[people.archetype[row]!]!.draw(stream)
  const flash = flashes.draw(stream, city)
  if (flash >= 0) {
    topic = flashes.topicOf(flash)
    site.texts.drawFlashPost(stream, writer, flash, moment, draft)
  } else {
    site.texts.drawPost(stream, writer, topic, moment, draft)
  }
  if ((people.flags[row]! & Odd.spammer) !== 0) markPost(site, k, ordinal)

  site.keys.day(stream, Purpose['post-media'], k, ordinal)
  let media = 0
  if (stream.next() < PICTURE_SHARE) {
    media = 1
    while (media < 3 && stream.next() < MORE_PICTURES) media++
  }
  const luck = stream.normal()
  const quality = exp(policy.feed.qualitySigma * luck)
  const entries = policy.feed.reachMedian * (media > 0 ? 1.3 : 1) * exp(policy.feed.reachSigma * luck)
  feed.publish(people, row, ordinal, topic, quality, Math.min(MOST_ENTRIES, Math.floor(entries)), now)
  site.journal.addPost(row, draft.template, draft.variant, draft.operand, media, site.at(now))
  sessions.lastTopic[row] = topic + 1
  planNext(site, row, nth + 1, stream)
  continueSession(site, row, now, wait)
}

/** Some of a spammer's posts are marked ones. */
function markPost({ keys, population, postDraft }: Site, k: number, ordinal: number): void {
  const u = keys.uniform(Purpose.marked, k, ordinal, 0)
  if (u >= population.minorities!.marked) return
  drawMarkedPost(keys.uniform(Purpose.marked, k, ordinal, 1), keys.uniform(Purpose.marked, k, ordinal, 2), postDraft)
}

/** Whether another post follows in the same session, and before which of its steps; the session lasts until then. */
function planNext(site: Site, row: number, posts: number, stream: Stream): void {
  const { sessions } = site
  sessions.posts[row] = posts
  sessions.postAt[row] = -1
  if (posts === MOST_POSTS || stream.next() >= postsAgain(site, row)) return
  const step = sessions.step[row]!
  const at = step + stream.nextInt(MOST_GAP)
  sessions.postAt[row] = at
  if (sessions.steps[row]! <= at) sessions.steps[row] = at + 1
}
