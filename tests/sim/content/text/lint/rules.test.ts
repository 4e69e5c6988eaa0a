import { describe, expect, it } from 'vitest'
import { commonestPair, commonestPhrase, commonestShare, distinctShare, questionShares } from './monotony.ts'
import { OLD_BIOS, OLD_OUTPUT, OLD_POSTS } from './old-output.ts'
import * as rules from './rules.ts'

/** A rule that finds nothing in what was wrong once would let it come back: each is shown to fail there. */
describe('what the engine wrote before', () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(`breaks the rule: ${name}`, () => expect(rule(OLD_OUTPUT)).not.toEqual([]))
  }

  it('breaks each rule of forms', () => {
    const found = rules.answersHaveForm(OLD_OUTPUT).join('\n')
    for (const question of ['How often', 'Where are you from', 'Are you close', 'Is it a good job', 'How much of it'])
      expect(found).toContain(question)
  })

  it('claims two jobs, and a brother of an only child', () => {
    const found = rules.factsAgree(OLD_OUTPUT).join('\n')
    for (const fact of ['job', 'family']) expect(found).toContain(fact)
  })

  it('invites across states, praises a day ahead of it, and confirms twice within the hour', () => {
    expect(rules.invitationsStayInTheMetro(OLD_OUTPUT)).toEqual(['Would you like to grab a coffee sometime?'])
    expect(rules.datesFollowTheClock(OLD_OUTPUT).map((text) => text.split(':')[0])).toEqual([
      'confirmed again',
      'before its day',
    ])
  })

  it('says one post 13 times in 10,000, and 4 of 50 bios in the same words', () => {
    expect(commonestShare(OLD_POSTS).share).toBeGreaterThan(0.001)
    expect(commonestPhrase(OLD_BIOS, 5).share).toBeGreaterThan(0.03)
  })

  it('repeats its messages and its pairs of lines, and asks in most of them', () => {
    const again = { ...OLD_OUTPUT, threads: Array.from({ length: 40 }, () => OLD_OUTPUT.threads[0]!) }
    expect(distinctShare(again)).toBeLessThan(0.97)
    expect(commonestPair(again, ({ text }) => text).share).toBeGreaterThan(0.005)
    const asking = { ...OLD_OUTPUT, threads: [OLD_OUTPUT.threads[1]!.slice(0, 3), OLD_OUTPUT.threads[3]!.slice(0, 3)] }
    expect(questionShares(asking).messages).toBeGreaterThan(0.58)
    expect(questionShares(asking).endings).toBeGreaterThan(0.5)
  })
})
