import { Purpose } from '../../agents/index.ts'
import { viewFeed } from '../feed/feed-view.ts'
import { Kind, Priority } from '../kinds.ts'
import type { Site } from '../site.ts'
import { viewCandidate } from './deck.ts'
import { continueSession, scheduleEnd } from './session.ts'

/** Bits of a draw that the wait leaves. */
const LOWER_BITS = 0x3fffff

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
  const bits = stream.nextInt32()
  const wait = site.waits.step.of(bits)
  if (step === sessions.postAt[row]) {
    site.events.launch(now + 4 * wait, Priority.usual, Kind.post, row, 0, 0)
    return
  }
  // A small pool is known from the start: the feed takes the time that pacing saves. When faces run dry on the way, the
  // moments meant for them pass, so that the feed is read neither more nor less than before.
  const u = (bits & LOWER_BITS) / (LOWER_BITS + 1)
  const wish = (1 - policy.feed.share) * site.pacing.share[row]!
  if (u < wish * (1 - sessions.dryness[row]! / 255)) viewCandidate(site, stream, row, now, wait)
  else if (u < wish) continueSession(site, row, now, wait)
  else viewFeed(site, stream, row, now, wait)
}
