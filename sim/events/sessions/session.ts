import { Life, Purpose } from '../../agents/index.ts'
import { exp, log } from '../../kernel/index.ts'
import { Kind, Priority } from '../kinds.ts'
import type { Site } from '../site.ts'
import { usualSteps } from './pacing.ts'
import { Mode } from './sessions.ts'

const LONGEST_SESSION = 400
const DAY_HOURS = 24

/** Mean over median of the gaps between sessions: lognormal, or exponential when their deviation is 0. */
export function gapMean(sigma: number): number {
  return sigma > 0 ? exp((sigma * sigma) / 2) : 1 / log(2)
}

/** Schedules the person's next regular session, from now. */
export function scheduleSession(site: Site, row: number, now: number): void {
  const { people, sessions, population } = site
  const { gapSigma } = population.parameters.rhythm
  const stream = site.keys.day(site.rng, Purpose.session, people.k[row]!, sessions.ordinal[row]!)
  // The table's waits have a median of one hour; scale them so that the mean gap fits the person's rate.
  const scale = DAY_HOURS / (people.sessionRate[row]! * gapMean(gapSigma))
  let gap = site.waits.gap.draw(stream) * scale
  // The start falls into a gap that began before: a long one more likely than a short one, and anywhere in it.
  if (sessions.ordinal[row] === 0 && people.joinedAt[row]! < 0) gap *= exp(gapSigma * gapSigma) * stream.next()
  const time = site.awake(row, now, gap)
  sessions.next[row] = site.events.schedule(time, Priority.usual, Kind.sessionStart, row, 0, 0)
}

/** A regular session begins; how long it will be and whether there is something to post are drawn at its start. */
export function startSession(site: Site, row: number, now: number): void {
  const { people, sessions, policy } = site
  sessions.next[row] = 0
  if (site.lives.state[row] !== Life.active) return
  const ordinal = ++sessions.ordinal[row]!
  scheduleSession(site, row, now)
  if (sessions.mode[row] === Mode.regular) return
  site.decided.warm(row)
  site.feed.seen.warm(row)
  goOnline(site, row, Mode.regular, now)

  const stream = site.keys.object(site.rng, Purpose.session, people.k[row]!, ordinal, 1)
  const { sigma } = policy.session
  const length = sigma > 0 ? stream.lognormal(0, sigma) : stream.exponential(1.44)
  const steps = Math.min(
    LONGEST_SESSION,
    Math.max(1, Math.round(usualSteps(policy.session, people.engagement[row]!) * length)),
  )
  sessions.step[row] = 0
  sessions.steps[row] = steps
  sessions.likes[row] = 0
  sessions.posts[row] = 0
  sessions.postAt[row] = stream.next() < postsAgain(site, row) ? stream.nextInt(steps) : -1
  const wait = site.waits.step.draw(stream)
  site.events.launch(now + wait, Priority.usual, Kind.step, row, 0, 0)
}

/**
 * Chance that a session brings a post, and after each post that it brings another: the posts of a session are geometric
 * with the mean that fits the person's rates, so that those who write much write several in a row.
 */
export function postsAgain(site: Site, row: number): number {
  const { people, flashes } = site
  const mean = (people.postRate[row]! * flashes.lift(people.city[row]!)) / people.sessionRate[row]!
  return mean / (1 + mean)
}

/** The rest of the session after what was done: the next step, `wait` ms on. */
export function continueSession(site: Site, row: number, now: number, wait: number): void {
  site.events.launch(now + wait, Priority.usual, Kind.step, row, 0, 0)
}

/** Opens the site, in a regular session or for a message. */
export function goOnline(site: Site, row: number, mode: number, now: number): void {
  const { sessions } = site
  if (sessions.mode[row] === Mode.offline) sessions.startedAt[row] = now
  sessions.mode[row] = mode
  if (sessions.end[row] !== 0) {
    site.events.cancel(sessions.end[row]!)
    sessions.end[row] = 0
  }
}

/** Closes the session some seconds from now, unless something else happens first. */
export function scheduleEnd(site: Site, row: number, now: number): void {
  const { people, sessions } = site
  if (sessions.end[row] !== 0) site.events.cancel(sessions.end[row]!)
  const stream = site.keys.object(site.rng, Purpose.session, people.k[row]!, sessions.ordinal[row]!, 2)
  const wait = site.waits.linger.draw(stream)
  sessions.end[row] = site.events.schedule(now + wait, Priority.usual, Kind.sessionEnd, row, 0, 0)
}

export function endSession(site: Site, row: number, now: number): void {
  const { sessions } = site
  sessions.end[row] = 0
  sessions.mode[row] = Mode.offline
  site.journal.addSession(row, sessions.startedAt[row]! - site.dayStart, site.at(now))
}
