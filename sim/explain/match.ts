import { type Explanation, momentOf } from './explanation.ts'
import { explainDecision } from './like.ts'
import type { Observed } from './observed.ts'
import type { MatchRecord } from './records.ts'

const HOUR_MS = 3_600_000

/**
 * Why a and b match, or not. A match is two likes: the terms, the probability and the draw are those of the decision that
 * settled it, the first that was no like, else the like that completed it. What the summary says first is said of that
 * decision; `details.settling` names it, `details.decisions` has both.
 */
export function explainPair(observed: Observed, a: number, b: number): Explanation {
  const { witness, config } = observed
  const match = witness.matches.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  const undecided = (one: number, other: number) =>
    !witness.decisions.some((each) => each.a === one && each.b === other)
  // Whoever is made to decide leaves traces of it: the other is asked of days without them.
  const none = undecided(a, b) && undecided(b, a)
  const decisions = [
    explainDecision(observed, a, b),
    explainDecision(none ? observed.again() : observed, b, a),
  ] as const
  const settling = settled(decisions)
  const both = decisions.map(({ a, b, outcome, at, probability, draw }) => ({ a, b, outcome, at, probability, draw }))
  const base = { ...settling, question: 'match' as const, a, b }
  const details = { decisions: both, settling: { a: settling.a, b: settling.b, outcome: settling.outcome } }
  const other = settling === decisions[0] ? decisions[1] : decisions[0]
  const words = [...told(settling, true), ...told(other, false)]
  if (!match) return { ...base, outcome: 'NONE', at: null, summary: words, details: { ...details, match: null } }
  return {
    ...base,
    outcome: 'MATCH',
    at: momentOf(config.startDay, match.now),
    summary: [...words, ...opening(observed, match)],
    details: { ...details, match: making(observed, match) },
  }
}

/** The sentence with the draw; of who has not decided also why, and what would come of it where that settles the matter. */
function told({ outcome, summary }: Explanation, isSettling: boolean): readonly string[] {
  if (outcome !== 'NONE') return summary.slice(0, 1)
  return isSettling ? summary : summary.slice(0, 2)
}

function settled([mine, theirs]: readonly [Explanation, Explanation]): Explanation {
  const order = [mine, theirs].sort((x, y) => time(x) - time(y))
  return order.find(({ outcome }) => outcome !== 'LIKE') ?? order[1]!
}

function time({ at }: Explanation): number {
  return at === null ? Infinity : at.day * 86_400_000 + millisecondsOf(at.time)
}

function millisecondsOf(text: string): number {
  const [hours, minutes, seconds] = text.slice(11, -1).split(':').map(Number)
  return ((hours! * 60 + minutes!) * 60 + seconds!) * 1000
}

/** Who would open, how long it would have taken, and whether that was within everybody's patience. */
export function opening(observed: Observed, match: MatchRecord): string[] {
  const { first, waitHours, patienceHours, chemistry } = making(observed, match)
  const mood = `The chemistry is ${chemistry.toFixed(2)} (compatibility ${match.compatibility.toFixed(2)}, luck ${match.luck.toFixed(2)}).`
  if (first === null) return [mood, 'Both were away from the site, so nobody opened.']
  const would = `${first} would write first, after ${waitHours!.toFixed(1)} waking hours`
  if (waitHours! > patienceHours)
    return [mood, `${would}: longer than the ${patienceHours} that anybody waits, so nobody opened.`]
  return [mood, `${would}.`]
}

export function making(observed: Observed, match: MatchRecord) {
  const { patienceHours } = observed.witness.site.rulesOf(observed.rowOf(match.a)).policy.opening
  const { a, b, luck, compatibility, chemistry, mine, theirs, wait } = match
  const away = Math.min(mine, theirs) === Infinity
  return {
    completedBy: a,
    first: away ? null : mine <= theirs ? a : b,
    waitHours: away ? null : wait / HOUR_MS,
    patienceHours,
    luck,
    compatibility,
    chemistry,
  }
}
