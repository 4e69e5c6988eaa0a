import { describe, expect, it } from 'vitest'
import { INTERESTS, THREAD_WORDS } from '../../../../sim/content/index.ts'
import { CHILDHOOD, DRINKS, HOMES, SHOWS, SKILLS, TRIPS } from '../../../../sim/content/text/en/persona/pools.ts'
import { Draft } from '../../../../sim/content/text/en/talk/draft.ts'
import { Q, REACTIONS, S } from '../../../../sim/content/text/en/talk/kinds.ts'
import { GROUP_MAX, LineTable, SITUATION } from '../../../../sim/content/text/en/talk/line-table.ts'
import { factOf } from '../../../../sim/content/text/en/talk/own-fact.ts'
import { reactionPart } from '../../../../sim/content/text/en/talk/parts.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { drawSpeaker } from './people.ts'

describe('lines', () => {
  it('refuse a condition or a mood that there is not, and more lines than can be weighed', () => {
    expect(() => new LineTable([['~good> Yes.']])).not.toThrow()
    expect(() => new LineTable([['~goood> Yes.']])).toThrow('"~goood" is no condition')
    expect(() => new LineTable([['weekendd> Yes.']])).toThrow('"weekendd" is no condition')
    expect(() => new LineTable([new Array<string>(GROUP_MAX).fill('Yes.')])).not.toThrow()
    expect(() => new LineTable([new Array<string>(GROUP_MAX + 1).fill('Yes.')])).toThrow('257 lines are too many')
  })

  it('have a bit for each mark of a situation', () => {
    expect(SITUATION.length).toBeLessThanOrEqual(32)
  })

  it('leave something to say to who has told the own side already', () => {
    const table = reactionPart()
    const mute = REACTIONS.filter(
      (_, group) => !table.tellsOwn.subarray(table.from[group], table.from[group + 1]).includes(0),
    )
    expect(mute).toEqual([])
  })
})

describe('what people have and like', () => {
  it('is called otherwise than any interest but coffee, so that no message names one twice', () => {
    const nouns = INTERESTS.map(({ noun }) => new RegExp(`\\b${noun}\\b`, 'i'))
    const facts = [...SHOWS, ...SKILLS, ...TRIPS.flat(), ...CHILDHOOD, ...HOMES, ...DRINKS]
    expect(facts.filter((fact) => nouns.some((noun) => noun.test(fact)))).toEqual(['coffee'])
  })
})

describe('what a statement tells', () => {
  it("is the writer's own job and pet, and not the other's that it comes back to", () => {
    const stream = makeRng('told')
    const learned = { own: 0, others: 0 }
    for (let i = 0; i < 100; i++) {
      const [sender, recipient] = [drawSpeaker(stream), drawSpeaker(stream)]
      for (const [group, kind, isOwn] of [
        [S.sharePet, Q.pets, true],
        [S.backPet, Q.pets, false],
        [S.backJob, Q.job, false],
      ] as const) {
        const draft = new Draft()
        draft.begin(stream, new Int32Array(THREAD_WORDS), 0, { ...sender, hasBio: false }, recipient, {
          day: 19_723,
          minute: 720,
        })
        if (!draft.say(group, factOf(kind, isOwn ? sender : recipient))) continue
        if (draft.memory.knows(draft.side, kind)) learned[isOwn ? 'own' : 'others']++
      }
    }
    expect(learned.own).toBeGreaterThan(0)
    expect(learned.others).toBe(0)
  })
})
