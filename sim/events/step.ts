import { Purpose } from '../agents/index.ts'
import { viewCandidate } from './deck.ts'
import { viewFeed } from './feed-view.ts'
import { Kind, Priority } from './kinds.ts'
import { scheduleEnd } from './session.ts'
import type { Site } from './site.ts'

/** The person does the next thing of a regular session. */
export function takeStep(site: Site, row: number, now: number): void {
  const { people, sessions, policy } = site
  const step = sessions.step[row]!
  if (step >= sessions.steps[row]!) {
    scheduleEnd(site, row, now)
    return
  }
  sessions.step[row] = step + 1
  const stream = site.keys.object(site.rng, Purpose.step, people.k[row]!, sessions.ordinal[row]!, step)
  const wait = site.waits.step.draw(stream)
  if (step === sessions.postAt[row]) {
    site.events.schedule(now + 4 * wait, Priority.usual, Kind.post, row, 0, 0)
    return
  }
  // With fewer new faces the feed takes their place.
  const freshness = site.pacing.share[row]! * (1 - sessions.dryness[row]! / 255)
  if (stream.next() < (1 - policy.feed.share) * freshness) viewCandidate(site, stream, row, now, wait)
  else viewFeed(site, stream, row, now, wait)
}
