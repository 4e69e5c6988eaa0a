import type { Term } from '../agents/index.ts'
import { interestFactor, MOST_LIKELY, replyLogit, type Site } from '../events/index.ts'

/**
 * The log-odds of an answer by term: what `replyLogit` itself makes of each when the others are left out (sociability ½,
 * no chemistry).
 */
export function replyTerms(site: Site, row: number, match: number, number: number): Term[] {
  const { reply } = site.rulesOf(row).policy
  const sociability = site.people.sociability[row]!
  const chemistry = site.threads.chemistry[match]!
  const plain = replyLogit(reply, 0.5, 0, number)
  const length = -reply.decay * number
  const social = 0.5 * Math.abs(reply.sociability)
  const stages = [reply.openerLogit, reply.laterLogit]
  const stage: Term = {
    name: 'stage',
    effect: 'plus',
    value: plain - length,
    range: [Math.min(...stages), Math.max(...stages)],
    inputs: { opener: number <= 1 },
  }
  return [
    stage,
    {
      name: 'sociability',
      effect: 'plus',
      value: replyLogit(reply, sociability, 0, number) - plain,
      range: [-social, social],
      inputs: { sociability },
    },
    {
      name: 'chemistry',
      effect: 'plus',
      value: replyLogit(reply, 0.5, chemistry, number) - plain,
      range: [null, null],
      inputs: { chemistry },
    },
    { name: 'length', effect: 'plus', value: length, range: [null, 0], inputs: { messages: number } },
  ]
}

/** The factors of the chance that a reader likes a post: what `likeChance` is given. */
export function postTerms(site: Site, row: number, post: number): Term[] {
  const { like, interestBonus } = site.rulesOf(row).policy.feed
  const warmth = site.people.warmth[row]!
  const quality = site.feed.qualityOf(post)
  const interest = interestFactor(site, row, post)
  return [
    { name: 'usual', effect: 'plus', value: like, range: [like, like], inputs: {} },
    { name: 'warmth', effect: 'times', value: warmth, range: [0, null], inputs: { warmth } },
    { name: 'quality', effect: 'times', value: quality, range: [0, null], inputs: { quality } },
    {
      name: 'interest',
      effect: 'times',
      value: interest,
      range: [1, 1 + interestBonus],
      inputs: { shared: interest !== 1 },
    },
    { name: 'cap', effect: 'at most', value: MOST_LIKELY, range: [MOST_LIKELY, MOST_LIKELY], inputs: {} },
  ]
}
