import { beforeAll, describe, expect, it } from 'vitest'
import { questionLine, reactionLine, statementLine } from '../../../../../sim/content/text/en/talk/pack.ts'
import { questionPart, reactionPart, statementPart } from '../../../../../sim/content/text/en/talk/parts.ts'
import { type Corpus, joined, readBios, readRun, type Said } from './corpus.ts'
import { commonestPair, commonestPhrase, commonestShare, distinctShare, questionShares } from './monotony.ts'
import * as rules from './rules.ts'

/** Runs that are read: 20,000 messages and 20,000 posts in all, in three seasons. */
const RUNS = [
  ['read-one', '2024-01-01'],
  ['read-two', '2024-06-20'],
  ['read-three', '2023-10-15'],
] as const
const PEOPLE = 900
const DAYS = 30
const BIOS = 5000

const NO_TEXTS: Corpus = { people: new Map(), threads: [], posts: [] }
let corpus = NO_TEXTS
let runs: Corpus[] = []
let bios: string[] = []

beforeAll(async () => {
  runs = []
  for (const [seed, start] of RUNS) runs.push(await readRun(seed, PEOPLE, DAYS, start))
  corpus = joined(runs)
  bios = await readBios('read-bios', BIOS * 1.3)
}, 240_000)

describe('20,000 messages, 20,000 posts and 5,000 bios', () => {
  it('are as many', () => {
    expect(corpus.threads.flat().length).toBeGreaterThan(20_000)
    expect(corpus.posts.length).toBeGreaterThan(20_000)
    expect(bios.length).toBeGreaterThan(5000)
  })

  /** Complaints in ten thousand messages that a rule may have: it judges by words and is wrong now and then. */
  const ALLOWED: Readonly<Record<string, number>> = { answersHaveForm: 15, factsAgree: 0, nothingAskedTwice: 2 }

  for (const [name, rule] of Object.entries(rules)) {
    it(`keep the rule: ${name}`, () => {
      const found = rule(corpus)
      const allowed = ((ALLOWED[name] ?? 0) * corpus.threads.flat().length) / 10_000
      expect(found.length, `${found.length} complaints:\n${found.slice(0, 25).join('\n')}`).toBeLessThanOrEqual(allowed)
    })
  }
})

describe('no monotony', () => {
  it('97 of 100 messages are unlike any other, in each run', () => {
    for (const run of runs) expect(distinctShare(run)).toBeGreaterThanOrEqual(0.97)
  })

  it('no post stands more than once in a thousand', () => {
    for (const run of runs) {
      const { text, share } = commonestShare(run.posts.map((post) => post.text))
      expect(share, text).toBeLessThanOrEqual(0.001)
    }
  })

  it('no more than 3 of 100 bios have five words in common', () => {
    const { text, share } = commonestPhrase(bios, 5)
    expect(share, text).toBeLessThanOrEqual(0.03)
  })

  it('no line follows another in more than one of 200 threads', () => {
    const line = ({ template }: Said) => {
      const statement = statementLine(template)
      if (statement >= 0) return statementPart().textOf(statement)
      return questionLine(template) >= 0
        ? questionPart().textOf(questionLine(template))
        : reactionLine(template) >= 0
          ? reactionPart().textOf(reactionLine(template))
          : ''
    }
    for (const run of runs) {
      const { text, share } = commonestPair(run, line)
      expect(share, text).toBeLessThanOrEqual(0.005)
    }
  })

  it('talk is not an interview', () => {
    const { messages, endings } = questionShares(corpus)
    expect(messages).toBeLessThan(0.58)
    expect(endings).toBeLessThan(0.5)
  })
})
