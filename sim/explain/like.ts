import { couldMeet, Life } from '../agents/index.ts'
import { decide } from '../events/index.ts'
import { changesOf } from './changes.ts'
import { type Explanation, momentOf, shown } from './explanation.ts'
import type { Observed } from './observed.ts'
import type { DecisionRecord } from './records.ts'

const PLACES: Readonly<Record<DecisionRecord['from'], string>> = {
  deck: 'someone new',
  inbox: 'someone who had given a like',
  feed: 'the author of a post in the feed',
}

/** Why a liked b or passed; or why a has not decided, and what would have come of it. */
export function explainDecision(observed: Observed, a: number, b: number): Explanation {
  const record = observed.witness.decisions.find((one) => one.a === a && one.b === b)
  return record ? decided(observed, record) : undecided(observed, a, b)
}

function decided({ config }: Observed, record: DecisionRecord): Explanation {
  const { a, b, liked, chance, draw, terms, from, likes, admired } = record
  const verb = liked ? 'liked' : 'passed on'
  const sentence = `${a} ${verb} ${b}: the draw ${shown(draw)} is ${draw < chance ? 'below' : 'not below'} the probability ${shown(chance)}.`
  return {
    question: 'like',
    a,
    b,
    outcome: liked ? 'LIKE' : 'DISLIKE',
    summary: [
      sentence,
      `${b} was shown to ${a} as ${PLACES[from]}, after ${likes} ${likes === 1 ? 'like' : 'likes'} in that session.`,
    ],
    at: momentOf(config.startDay, record.now),
    terms,
    link: 'identity',
    probability: chance,
    draw,
    wouldChange: changesOf(terms, 'identity', draw),
    details: { shownFrom: from, likesInSession: likes, likedBackBefore: admired },
  }
}

/** The market is at the end of the days asked about and is nobody else's: so a may be made to decide now. */
function undecided(observed: Observed, a: number, b: number): Explanation {
  const { witness, now } = observed
  const { site } = witness
  const [row, other] = [observed.rowOf(a), observed.rowOf(b)]
  const none = (why: string, more: Partial<Explanation> = {}): Explanation => ({
    question: 'like',
    a,
    b,
    outcome: 'NONE',
    summary: [`${a} has not decided on ${b} by the end of day ${observed.lastDay}.`, why],
    at: null,
    terms: [],
    link: 'identity',
    probability: null,
    draw: null,
    wouldChange: [],
    details: {},
    ...more,
  })
  if (!couldMeet(site.people.group[row]!, site.people.group[other]!)) {
    return none('They do not both seek the gender of the other, so neither is ever shown to the other.')
  }
  if (site.decided.get(row, other) >= 0) return none(`${a} decided before the first day, of which nothing is told.`)
  const why = whyNotShown(observed, row, other, a, b)
  site.sessions.likes[row] = 0
  site.follow(row)
  decide(site, row, other, 0, now)
  const { chance, draw, terms } = witness.decisions.at(-1)!
  const wouldBe = draw < chance ? 'LIKE' : 'DISLIKE'
  return none(why, {
    summary: [
      `${a} has not decided on ${b} by the end of day ${observed.lastDay}.`,
      why,
      `Were ${b} shown now, it would be a ${wouldBe}: the draw ${shown(draw)} against the probability ${shown(chance)}.`,
    ],
    terms,
    probability: chance,
    draw,
    wouldChange: changesOf(terms, 'identity', draw),
    details: { wouldBe },
  })
}

function whyNotShown(observed: Observed, row: number, other: number, a: number, b: number): string {
  const { site } = observed.witness
  const { people, lives } = site
  if (people.joinedAt[row]! >= observed.now) return `${a} had not signed up yet.`
  if (people.joinedAt[other]! >= observed.now) return `${b} had not signed up yet.`
  if (lives.state[other] === Life.churned) return `${b} has left the site and is not shown any more.`
  if (site.decided.get(other, row) === 1) return `${b} has liked ${a} and waits to be seen.`
  let seen = 0
  let suitable = 0
  for (let each = 0; each < people.size; each++) {
    if (each === row || !couldMeet(people.group[row]!, people.group[each]!)) continue
    suitable++
    if (site.decided.get(row, each) >= 0) seen++
  }
  const life = lives.state[row] === Life.active ? '' : `, and is away now`
  return `${b} has not come up: ${a} has decided on ${seen} of the ${suitable} whom the market has for ${a}${life}.`
}
