import { describe, expect, it } from 'vitest'
import { shown } from '../../sim/explain/explanation.ts'
import { explainAnswer } from '../../sim/explain/index.ts'
import {
  type AskedRun,
  askedRun,
  createSimulation,
  type Explanation,
  explainFeed,
  explainLike,
  explainMatch,
  explainReply,
  lookOn,
  type MarketDay,
  planMarkets,
  type RunInput,
  totalOf,
} from '../../sim/index.ts'

const DAYS = 12
const INPUT: RunInput = { seed: 'explained', count: 250, market: 'country' }
const run: AskedRun = askedRun(INPUT, DAYS)
const plan = planMarkets(run.config)
const facts = factsOf(INPUT, DAYS)
const seenDigests: number[][] = []
const everything = lookOn(run, plan, plan.ids[0]!, { pair: () => true, reader: () => true }, (_, { digests }) => {
  seenDigests.push(Array.from(digests))
})
const { witness } = everything

function factsOf(input: RunInput, days: number): MarketDay[] {
  const simulation = createSimulation(input)
  return Array.from({ length: days }, () => simulation.runDay().markets[0]!)
}

/** Decisions by facts: `a b` → action and time. */
const decisions = new Map<string, { action: number; now: number }>()
for (const [day, { tables }] of facts.entries()) {
  for (let i = 0; i < tables.like.rows; i++) {
    const now = day * 86_400_000 + tables.like.at[i]!
    decisions.set(`${tables.like.k[i]} ${tables.like.to[i]}`, { action: tables.like.action[i]!, now })
  }
}

describe('a witness', () => {
  it('sees every decision as the facts have it, with terms that amount to its probability', () => {
    expect(witness.decisions.length).toBe(decisions.size)
    expect(decisions.size).toBeGreaterThan(1000)
    for (const { a, b, now, liked, chance, draw, terms } of witness.decisions) {
      expect(decisions.get(`${a} ${b}`)).toEqual({ action: liked ? 1 : 0, now })
      expect(draw < chance).toBe(liked)
      expect(totalOf(terms)).toBeCloseTo(chance, 14)
    }
  })

  it('changes no fact', () => {
    expect(seenDigests).toEqual(facts.map(({ digests }) => Array.from(digests)))
  })

  it('sees every message and every item of the feed', () => {
    const count = (kind: 'message' | 'feed_seen' | 'match') =>
      facts.reduce((sum, day) => sum + day.tables[kind].rows, 0)
    expect(witness.messages.length).toBe(count('message'))
    expect(witness.offers.length).toBe(count('feed_seen'))
    expect(witness.matches.length).toBe(count('match'))
  })
})

describe('a moment outside the run', () => {
  it.each([
    [{ day: DAYS }, "there is no day 12: the run's days are 0 to 11"],
    [{ at: '2024-01-13T00:00' }, '2024-01-13T00:00 is not in the run: its days are 2024-01-01 to 2024-01-12'],
    [{ at: '2023-12-31' }, 'is not in the run'],
  ])('%o is refused', (about, says) => {
    expect(() => explainFeed(run, 3, about)).toThrow(says)
    expect(() => explainReply(run, 3, 4, about)).toThrow(says)
  })

  it('is no other than its last', () => {
    expect(() => explainFeed(run, 3, { day: DAYS - 1 })).not.toThrow()
    expect(() => explainFeed(run, 3, { at: '2024-01-12T23:59' })).not.toThrow()
  })
})

describe('why somebody likes', () => {
  const liked = witness.decisions.find((one) => one.liked)!
  const passed = witness.decisions.find((one) => !one.liked)!

  it('has outcome, draw, probability, and what would have changed it', () => {
    for (const { a, b, chance, draw } of [liked, passed]) {
      const explained = explainLike(run, a, b)
      expect(explained).toMatchObject({ question: 'like', a, b, probability: chance, draw })
      expect(explained.outcome).toBe(draw < chance ? 'LIKE' : 'DISLIKE')
      expect(explained.wouldChange.length).toBeGreaterThan(4)
      for (const change of explained.wouldChange) expect(chanceWith(explained, change)).toBeCloseTo(draw, 10)
    }
  })

  it('tells beforehand what would come of it', () => {
    const late = witness.decisions.find((one) => one.now > 10 * 86_400_000 && one.likes === 0)!
    const before = explainLike({ ...run, days: 1 }, late.a, late.b)
    expect(before).toMatchObject({ outcome: 'NONE', draw: late.draw, at: null })
    expect(before.probability).toBe(late.chance)
    expect(before.details.wouldBe).toBe(late.liked ? 'LIKE' : 'DISLIKE')
  })

  it('refuses people that there are not, and the same twice', () => {
    expect(() => explainLike(run, 1, 251)).toThrow('people 1 to 250')
    expect(() => explainLike(run, 7, 7)).toThrow('given twice')
  })

  it('knows that people of different markets never meet', () => {
    const apart = askedRun({ ...INPUT, market: 'area' }, 2)
    const homes = planMarkets(apart.config)
    const other = Array.from({ length: 250 }, (_, i) => i + 1).find((k) => homes.marketOf(k) !== homes.marketOf(1))!
    expect(explainLike(apart, 1, other)).toMatchObject({ outcome: 'NONE', probability: null })
    expect(explainLike(apart, 1, other).summary.join(' ')).toContain('different markets')
  })
})

function chanceWith({ terms }: Explanation, change: { term: string; to: number }): number {
  const changed = terms.map((term) => (term.name === change.term ? { ...term, value: change.to } : term))
  // The cap bounds the probability, not the point at which it meets the draw.
  return totalOf(changed.filter(({ effect }) => effect !== 'at most'))
}

describe('why there is a match', () => {
  it('has both decisions, and who would write first', () => {
    const { a, b } = witness.matches[0]!
    const explained = explainMatch(run, a, b)
    expect(explained.outcome).toBe('MATCH')
    const both = explained.details.decisions as { outcome: string }[]
    expect(both.map(({ outcome }) => outcome)).toEqual(['LIKE', 'LIKE'])
    expect([a, b, null]).toContain((explained.details.match as { first: number | null }).first)
  })

  it('is settled by the first who passes', () => {
    const passed = witness.decisions.find(
      (one) => !one.liked && witness.decisions.some((each) => each.a === one.b && each.b === one.a && each.liked),
    )!
    const explained = explainMatch(run, passed.a, passed.b)
    expect(explained).toMatchObject({ outcome: 'NONE', probability: passed.chance, draw: passed.draw })
    expect(explained.details.settling).toEqual({ a: passed.a, b: passed.b, outcome: 'DISLIKE' })
    expect(explained.summary[0]).toMatch(new RegExp(`^${passed.a} passed on ${passed.b}:`))
    expect(explainMatch(run, passed.b, passed.a).summary).toEqual(explained.summary)
  })

  it('says of who has not decided what would come of it, first and with the draw that is shown', () => {
    const liked = witness.decisions.find(
      (one) => one.liked && !witness.decisions.some((each) => each.a === one.b && each.b === one.a),
    )!
    const explained = explainMatch(run, liked.a, liked.b)
    expect(explained.details.settling).toEqual({ a: liked.b, b: liked.a, outcome: 'NONE' })
    expect(explained.summary[0]).toContain(`${liked.b} has not decided on ${liked.a}`)
    expect(explained.summary[2]).toContain(`the draw ${shown(explained.draw!)} against`)
    expect(explained.summary[3]).toMatch(new RegExp(`^${liked.a} liked ${liked.b}:`))
  })

  it('asks both of two who have not decided as if the other had not', () => {
    const early = { ...run, days: 1 }
    const { a, b } = witness.decisions.find(
      (one) =>
        one.liked &&
        one.likes === 0 &&
        one.now > 10 * 86_400_000 &&
        !witness.decisions.some((each) => each.a === one.b && each.b === one.a && each.now < 86_400_000),
    )!
    expect(explainLike(early, a, b).details.wouldBe).toBe('LIKE')
    const { summary, details } = explainMatch(early, a, b)
    const [mine, theirs] = details.decisions as { draw: number }[]
    expect([mine!.draw, theirs!.draw]).toEqual([explainLike(early, a, b).draw, explainLike(early, b, a).draw])
    expect(summary.join(' ')).not.toContain(`has liked`)
  })
})

describe('why somebody answers', () => {
  it('agrees with the messages there are', () => {
    const outcomes = new Set<string>()
    for (const answer of witness.answers) {
      const explained = explainAnswer(everything, answer.a, answer.b, { message: answer.number })
      const next = witness.messages.find((one) => one.match === answer.match && one.number === answer.number)
      outcomes.add(explained.outcome)
      expect(['REPLY', 'FAREWELL'].includes(explained.outcome)).toBe(next?.a === answer.a)
      expect(explained.probability).toBeCloseTo(1 / (1 + Math.exp(-totalOf(explained.terms))), 12)
    }
    expect([...outcomes]).toEqual(expect.arrayContaining(['REPLY', 'SILENCE']))
  })

  it('says why nobody wrote', () => {
    const silent = witness.matches.find((one) => !witness.messages.some(({ match }) => match === one.match))!
    const explained = explainAnswer(everything, silent.a, silent.b)
    expect(explained.outcome).toBe('NONE')
    expect(explained.summary[0]).toContain('Nobody has written')
  })
})

describe('why something is in the feed', () => {
  it('has one item for each that was seen, liked as the facts have it', () => {
    const reader = witness.offers[0]!.a
    const day = Math.floor(witness.offers[0]!.now / 86_400_000)
    const explained = explainFeed(run, reader, { day })
    expect(explained.length).toBe(facts[day]!.tables.feed_seen.k.filter((k) => k === reader).length)
    for (const { probability, terms } of explained) expect(totalOf(terms)).toBeCloseTo(probability!, 14)
    const likes = facts.reduce((sum, { tables }) => sum + tables.liked_post.rows, 0)
    const told = witness.offers.filter(
      ({ draw, chance, post, a }) => draw < chance && everything.posts.isLikedBy(a, post),
    )
    expect(told.length).toBe(likes)
  })

  it('gives the chance of one try, which the shares of the sources bear out', () => {
    const first = witness.offers.filter(({ attempt }) => attempt === 0).slice(0, 4000)
    const bySource = new Map<string, number>()
    for (const { source, chances } of first) {
      expect(chances[source]).toBeGreaterThan(0)
      bySource.set(source, (bySource.get(source) ?? 0) + 1)
    }
    expect([...bySource.keys()].sort()).toEqual(['city', 'fresh', 'popular', 'reach', 'topic'])
  })

  it('says why a post was not shown', () => {
    const author = witness.offers[0]!.author
    const own = explainFeed(run, author, { posts: [{ author, nth: 1 }] })[0]!
    expect(own.outcome).toBe('NOT_SHOWN')
    expect(own.summary.join(' ')).toContain('own')
    expect(() => explainFeed(run, author, { posts: [{ author, nth: 9999 }] })).toThrow('there is no post')
  })
})
