import { couldMeet, Purpose } from '../../agents/index.ts'
import type { Stream } from '../../kernel/index.ts'
import { Kind, Priority } from '../kinds.ts'
import { viewCandidate } from '../sessions/deck.ts'
import { continueSession } from '../sessions/session.ts'
import type { Site } from '../site.ts'

/** No post is liked by more than this share of its readers (chosen). */
export const MOST_LIKELY = 0.9

/** Looks at the next item of the feed; a like or a look at the author's profile may follow. */
export function viewFeed(site: Site, stream: Stream, row: number, now: number, wait: number): void {
  const { people, feed, policy } = site
  const post = feed.choose(stream, people, row, now, site.probe)
  if (post < 0) {
    // Nothing new to read: some look at faces instead, the others stop here; what they came to post they post.
    const { steps, step, postAt } = site.sessions
    steps[row] = Math.min(steps[row]!, step[row]! + 2)
    if (postAt[row]! >= steps[row]!) postAt[row] = step[row]!
    if (stream.next() < 0.5) viewCandidate(site, stream, row, now, wait)
    else continueSession(site, row, now, wait)
    return
  }
  site.journal.addFeedSeen(row, post - feed.base, site.at(now))

  const interest = interestFactor(site, row, post)
  const chance = likeChance(policy.feed.like, people.warmth[row]!, feed.qualityOf(post), interest)
  const u = site.keys.uniform(Purpose.react, people.k[row]!, feed.ordinalOf(post), feed.authorKOf(post))
  if (site.probe !== null) site.probe.reacted(row, post, chance, curiosity(site, row, post), u, now)
  if (u < chance) {
    site.events.launch(now + 600 + (wait >> 1), Priority.usual, Kind.likePost, row, post, 0)
  } else if (u < chance + (1 - chance) * curiosity(site, row, post)) {
    site.events.launch(now + wait, Priority.usual, Kind.openProfile, row, post, 0)
  } else {
    continueSession(site, row, now, wait)
  }
}

/** Chance that a post is liked: product of the usual chance, the reader's warmth, the post's quality and `interestFactor`. */
export function likeChance(usual: number, warmth: number, quality: number, interest: number): number {
  return Math.min(MOST_LIKELY, usual * warmth * quality * interest)
}

/** What an interest in the post's topic does to the chance of a like: 1 without. */
export function interestFactor(site: Site, row: number, post: number): number {
  return 1 + (site.sharesTopic(row, site.feed.topicOf(post)) ? site.policy.feed.interestBonus : 0)
}

/** Chance that a post makes its reader open the author's profile: much less when the two could not meet anyway. */
function curiosity(site: Site, row: number, post: number): number {
  const { openProfile, openOthers } = site.policy.feed
  return suitsAuthor(site, row, post) ? openProfile : openProfile * openOthers
}

/** Whether the reader and the post's author could meet. */
function suitsAuthor({ people, feed }: Site, row: number, post: number): boolean {
  return couldMeet(people.group[row]!, feed.groupOf(post))
}

/** Likes a post seen a moment ago; sometimes the author's profile is next. */
export function likePost(site: Site, row: number, post: number, now: number): void {
  const { people, feed } = site
  if (!feed.knows(post)) {
    continueSession(site, row, now, 1000)
    return
  }
  site.journal.addLikedPost(row, post - feed.base, site.at(now))
  feed.noteLike(post)
  const ordinal = feed.ordinalOf(post)
  const stream = site.keys.object(site.rng, Purpose['open-profile'], people.k[row]!, ordinal, feed.authorKOf(post))
  const wait = site.waits.step.draw(stream)
  const opens = stream.next() < curiosity(site, row, post)
  if (opens) site.events.launch(now + wait, Priority.usual, Kind.openProfile, row, post, 0)
  else continueSession(site, row, now, wait)
}

/** Opens the profile of a post's author; may decide on the author if they could meet. */
export function openProfile(site: Site, row: number, post: number, now: number): void {
  const { people, feed, policy } = site
  if (!feed.knows(post)) {
    continueSession(site, row, now, 1000)
    return
  }
  const author = feed.authorOf(post)
  site.journal.addProfileView(row, author, post - feed.base, site.at(now))
  const ordinal = ~feed.ordinalOf(post)
  const stream = site.keys.object(site.rng, Purpose['open-profile'], people.k[row]!, ordinal, feed.authorKOf(post))
  const wait = site.waits.step.draw(stream)
  const suits = suitsAuthor(site, row, post) && site.decided.get(row, author) < 0
  if (suits && stream.next() < policy.feed.decideAfterOpen * site.pacing.share[row]!) {
    site.events.launch(now + wait, Priority.usual, Kind.decide, row, author, 1)
  } else {
    continueSession(site, row, now, wait)
  }
}
