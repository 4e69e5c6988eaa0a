import { Life, Purpose } from '../../agents/index.ts'
import type { Stream } from '../../kernel/index.ts'
import { Kind, Priority } from '../kinds.ts'
import type { Site } from '../site.ts'
import { continueSession } from './session.ts'

/** Looks at the next profile: someone who liked this person and waits, or someone new. */
export function viewCandidate(site: Site, stream: Stream, row: number, now: number, wait: number): void {
  const { sessions, policy } = site
  const dryness = sessions.dryness[row]!
  let candidate = -1
  if (site.inbox.count(row) > 0 && stream.next() < policy.deck.likerShown) candidate = nextLiker(site, stream, row)
  const fromInbox = candidate >= 0
  if (!fromInbox) candidate = nextStranger(site, stream, row)
  if (candidate >= 0) {
    if (site.probe !== null) site.probe.dealt(row, candidate, fromInbox, now)
    sessions.dryness[row] = dryness - (dryness >> 3)
    site.journal.addProfileView(row, candidate, -1, site.at(now))
    site.events.launch(now + wait, Priority.usual, Kind.decide, row, candidate, 0)
    return
  }
  // No new face was found: the person will look less often, and maybe looks again at one already known.
  sessions.dryness[row] = Math.min(255, dryness + 12)
  const known = ~candidate
  if (known !== row && stream.next() < policy.deck.relook) {
    site.journal.addProfileView(row, known, -1, site.at(now))
  }
  continueSession(site, row, now, wait)
}

/** The last who gave this person a like and got no decision yet, −1 if that one does not fit any more. */
function nextLiker(site: Site, stream: Stream, row: number): number {
  const liker = site.inbox.take(row)
  const life = site.lives.state[liker]!
  if (life === Life.churned || (life === Life.dormant && stream.next() < site.policy.deck.skipDormant)) return -1
  return site.decided.get(row, liker) >= 0 ? -1 : liker
}

/**
 * Someone new: often near and of about the same age first; then wider by age, then by distance, then both.
 * Returns ~known when every try ended at someone decided on already, ~row when there was nobody at all.
 */
function nextStranger(site: Site, stream: Stream, row: number): number {
  const { people, policy, candidates, decided, lives } = site
  const { near, wide, tries, skipOtherIntent, skipDormant } = policy.deck
  const startsNear = stream.next() < near
  const startsWide = stream.next() < wide
  const now = site.events.now
  let known = row
  for (let attempt = 0; attempt < tries; attempt++) {
    const inCity = startsNear && attempt < 3
    const reach = startsWide || attempt % 3 === 2 ? 4 : 2
    const candidate = candidates.draw(stream, people, row, inCity, reach)
    if (candidate < 0 || candidate === row || people.joinedAt[candidate]! > now) continue
    if (decided.get(row, candidate) >= 0) {
      known = candidate
      continue
    }
    // Who gave this person a like comes up from the inbox, so that mutual likes don't hang on the size of the pool.
    if (decided.isAdmired(row, candidate)) continue
    const life = lives.state[candidate]!
    if (life === Life.churned) continue
    if (life === Life.dormant && stream.next() < skipDormant) continue
    if (people.intent[candidate] !== people.intent[row] && stream.next() < skipOtherIntent) continue
    return candidate
  }
  return ~known
}

/** Likes or passes on someone whose profile is open. */
export function decide(site: Site, row: number, other: number, fromFeed: number, now: number): void {
  const { people, sessions, decided } = site
  const stream = site.about(Purpose.decide, row, 0, other)
  const wait = site.waits.step.draw(stream)
  // A message may have led to the same profile meanwhile, and people join pairs only once.
  if (decided.get(row, other) < 0) {
    const chance = site.likes.probability(people, row, other, sessions.likes[row]!)
    const draw = stream.next()
    // A like of a day that is not told would be half of a match that can't be explained.
    const liked = draw < chance && site.told ? 1 : 0
    if (site.probe !== null) site.probe.decided(row, other, fromFeed, chance, draw, liked, now)
    const admired = decided.isAdmired(row, other)
    decided.add(row, other, liked)
    site.journal.addLike(row, other, liked, site.at(now))
    if (liked === 1) {
      sessions.likes[row] = Math.min(65_535, sessions.likes[row]! + 1)
      if (admired) site.events.launch(now + 1, Priority.usual, Kind.match, row, other, 0)
      else site.inbox.add(other, row)
    }
  }
  // Decisions on a card are quick; coming from the feed, it takes a moment to find back.
  continueSession(site, row, now, fromFeed === 1 ? wait : (wait >> 1) + 200)
}
