import { drawStanding, Life, Purpose } from '../../agents/index.ts'
import { Kind, Priority } from '../kinds.ts'
import { scheduleSession } from '../sessions/session.ts'
import type { Site } from '../site.ts'

const DAY_MS = 86_400_000

/**
 * Where someone who was there before stands at the start: a draw from the stationary shares, of the newest too, many of
 * whom never came back. The ends of exponential spells need no history.
 */
export function beginLife(site: Site, row: number, now: number): void {
  const state = drawStanding(site.population, site.rng, site.people.k[row]!)
  site.lives.state[row] = state
  scheduleChange(site, row, now)
  if (state === Life.active) scheduleSession(site, row, now)
}

/** Signs up: a newcomer looks around at once, and may only be trying the site out. */
export function join(site: Site, row: number, now: number): void {
  const { people, lives, sessions } = site
  site.journal.addArrival(row, site.at(now))
  lives.state[row] = Life.active
  const { trialDays, activeDays } = site.population.parameters.lifecycle
  const mean = onlyTries(site, row) ? trialDays : activeDays
  const stream = site.keys.day(site.rng, Purpose.lifecycle, people.k[row]!, 0)
  const spell = Math.max(1, Math.round(stream.exponential(mean) * DAY_MS))
  lives.next[row] = site.events.schedule(now + spell, Priority.usual, Kind.lifecycle, row, 0, 0)
  sessions.next[row] = site.events.schedule(now + 30_000, Priority.usual, Kind.sessionStart, row, 0, 0)
}

/** Whether a newcomer is only trying the site out. */
function onlyTries(site: Site, row: number): boolean {
  if (site.people.joinedAt[row]! < 0) return false
  const stream = site.keys.day(site.rng, Purpose.lifecycle, site.people.k[row]!, -1)
  return stream.next() < site.population.parameters.lifecycle.trialShare
}

/** The current spell ends: the person drifts off, comes back or leaves. */
export function changeLife(site: Site, row: number, now: number): void {
  const { people, lives } = site
  const { activeToChurned, dormantToChurned } = site.population.parameters.lifecycle
  const state = lives.state[row]!
  const endOfTrial = lives.spell[row] === 0 && onlyTries(site, row)
  const stream = site.keys.object(site.rng, Purpose.lifecycle, people.k[row]!, lives.spell[row]!, 1)
  const leaves = endOfTrial ? 0 : stream.next()
  lives.spell[row]!++
  if (state === Life.active) enter(site, row, leaves < activeToChurned ? Life.churned : Life.dormant, now)
  else if (state === Life.dormant) enter(site, row, leaves < dormantToChurned ? Life.churned : Life.active, now)
  else enter(site, row, Life.active, now)
}

/** Two who found each other stop using the site, some days on, each for their own part. */
export function scheduleLeaving(site: Site, row: number, other: number, match: number, now: number): void {
  const stream = site.about(Purpose.couple, Math.min(row, other), 0, Math.max(row, other))
  if (stream.next() >= site.population.parameters.lifecycle.coupleLeaves) return
  const wait = Math.round((1 + 6 * stream.next()) * DAY_MS)
  site.events.launch(now + wait, Priority.usual, Kind.leaveTogether, row, match, 0)
  site.events.launch(now + wait + 60_000, Priority.usual, Kind.leaveTogether, other, match, 0)
}

export function leaveTogether(site: Site, row: number, match: number, now: number): void {
  if (match < site.threads.base || site.lives.state[row] === Life.churned) return
  site.events.cancel(site.lives.next[row]!)
  site.lives.spell[row]!++
  enter(site, row, Life.churned, now)
}

function enter(site: Site, row: number, state: number, now: number): void {
  const { lives, sessions } = site
  lives.state[row] = state
  if (state === Life.active) {
    if (sessions.next[row] === 0) {
      sessions.next[row] = site.events.schedule(now + 60_000, Priority.usual, Kind.sessionStart, row, 0, 0)
    }
  } else if (sessions.next[row] !== 0) {
    site.events.cancel(sessions.next[row]!)
    sessions.next[row] = 0
  }
  scheduleChange(site, row, now)
}

function scheduleChange(site: Site, row: number, now: number): void {
  const { people, lives } = site
  const { activeDays, dormantDays, churnedDays } = site.population.parameters.lifecycle
  const state = lives.state[row]
  const mean = state === Life.active ? activeDays : state === Life.dormant ? dormantDays : churnedDays
  const stream = site.keys.day(site.rng, Purpose.lifecycle, people.k[row]!, lives.spell[row]!)
  const spell = Math.max(1, Math.round(stream.exponential(mean) * DAY_MS))
  lives.next[row] = site.events.schedule(now + spell, Priority.usual, Kind.lifecycle, row, 0, 0)
}
