import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, SCENARIOS, scenarioNamed, startRun } from '../../run/index.ts'
import { populationOf } from '../../run/people/population.ts'
import {
  createPopulation,
  createSimulation,
  drawPerson,
  emptyPerson,
  generateProfile,
  markOf,
  markOfBio,
  markOfMessage,
  Odd,
  placePack,
  resolveConfig,
  Stream,
  textPack,
} from '../../sim/index.ts'

describe('scenarios', () => {
  it('each make a run, which --set and the other options can still change', () => {
    for (const { name, set = {}, count } of SCENARIOS) {
      const config = configFromSettings({ seed: 's', scenario: name })
      expect(config.count).toBe(count ?? 100)
      const [path] = Object.keys(set)
      if (path === 'policy.arrivals.perDay') expect(config.parameters.policy.arrivals.perDay).toBe(set[path])
      const changed = configFromSettings({ seed: 's', scenario: name, count: 7, set: ['policy.like.nearKm=33'] })
      expect([changed.count, changed.parameters.policy.like.nearKm]).toEqual([7, 33])
    }
    expect(SCENARIOS.length).toBe(9)
  })

  it('have shares of bots and spammers that --set changes, with a scenario or without', () => {
    const set = ['minorities.bots=0.2', 'policy.like.nearKm=33']
    expect(configFromSettings({ seed: 's', set }).minorities).toEqual({ bots: 0.2, spammers: 0, marked: 0.5 })
    const odd = configFromSettings({ seed: 's', scenario: 'bots-and-spammers', set }).minorities!
    expect(odd.bots).toBe(0.2)
    expect(odd.spammers).toBe(scenarioNamed('bots-and-spammers').minorities!.spammers)
    for (const wrong of ['minorities.trolls=0.1', 'minorities.bots=some']) {
      expect(() => configFromSettings({ seed: 's', set: [wrong] })).toThrow('--set expects minorities.bots')
    }
    expect(() => configFromSettings({ seed: 's', set: ['minorities.bots=1.5'] })).toThrow('give a number from 0 to 1')
  })

  it('are read from a file, or refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingle-scenario-'))
    const file = join(folder, 'mine.json')
    const write = (scenario: unknown) => writeFileSync(file, JSON.stringify(scenario))
    write({ name: 'mine', version: 1, what: 'My own.', count: 12, minorities: { bots: 0.5 } })
    expect(configFromSettings({ seed: 's', scenario: file })).toMatchObject({ count: 12, minorities: { bots: 0.5 } })
    write({ name: 'mine', version: 1, what: 'My own.', people: 12 })
    expect(() => scenarioNamed(file)).toThrow('people')
    write({ name: 'mine', version: 1, what: 'My own.', set: { 'policy.nothing': 1 } })
    expect(() => scenarioNamed(file)).toThrow('policy.nothing')
    expect(() => scenarioNamed('nowhere')).toThrow('there is no scenario')
    rmSync(folder, { recursive: true })
  })
})

describe('minorities', () => {
  const input = { seed: 'odd', count: 150, minorities: { bots: 0.1, spammers: 0.1, marked: 0.5 } }
  const kinds = (k: number, minorities?: typeof input.minorities) => {
    const { parameters } = configFromSettings({ seed: 'odd' })
    const made = createPopulation({
      seed: 'odd',
      startDay: 19_723,
      places: placePack('us'),
      parameters: parameters.population,
      minorities,
    })
    const person = emptyPerson()
    drawPerson(made, k, -1, new Stream(), person)
    return { ...person, quiz: null }
  }

  it('are marked, and leave everybody else as they were', () => {
    let odd = 0
    for (let k = 1; k <= 150; k++) {
      const [plain, made] = [kinds(k), kinds(k, input.minorities)]
      if ((made.flags & (Odd.bot | Odd.spammer)) === 0) expect(made).toEqual(plain)
      else odd++
      expect([made.gender, made.city, made.joinedAt]).toEqual([plain.gender, plain.city, plain.joinedAt])
    }
    expect(odd).toBeGreaterThan(15)
    expect(odd).toBeLessThan(50)
  })

  it('write the marked posts, messages and bios, and nobody else does', () => {
    const run = createSimulation(input)
    const marked = { spammer: 0, other: 0 }
    const messages = { spammer: 0, other: 0 }
    const { renderMessage } = textPack('us')
    for (let day = 0; day < 12; day++) {
      for (const { tables } of run.runDay().markets) {
        for (let i = 0; i < tables.post.rows; i++) {
          if (markOf(tables.post.template[i]!) === null) continue
          marked[kinds(tables.post.k[i]!, input.minorities).flags & Odd.spammer ? 'spammer' : 'other']++
        }
        const { k, template, variant, operand, person, rows } = tables.message
        for (let i = 0; i < rows; i++) {
          const mark = markOfMessage(template[i]!, operand[i]!)
          const text = renderMessage(template[i]!, variant[i]!, operand[i]!, person[i]!)
          expect(text.startsWith('[test ')).toBe(mark !== null)
          if (mark === null) continue
          expect(text).toContain(`[test ${mark}]`)
          messages[kinds(k[i]!, input.minorities).flags & Odd.spammer ? 'spammer' : 'other']++
        }
      }
    }
    expect(marked.spammer).toBeGreaterThan(20)
    expect(messages.spammer).toBeGreaterThan(5)
    expect([marked.other, messages.other]).toEqual([0, 0])
    const people = populationOf(resolveConfig(input as never))
    const bios = { spammer: 0, plain: 0, other: 0 }
    for (let k = 1; k <= 1500; k++) {
      const { bio, flags } = generateProfile(people, k)
      const isMarked = bio.startsWith('[test ')
      expect(isMarked).toBe(markOfBio(people, k, flags)?.text === bio)
      if (bio !== '') bios[flags & Odd.spammer ? (isMarked ? 'spammer' : 'plain') : isMarked ? 'other' : 'plain'] += 1
    }
    expect(bios.spammer).toBeGreaterThan(30)
    expect(bios.other).toBe(0)
  })
})

it('a run that writes nothing ends when nobody watches it', async () => {
  const store = await openStore('none:')
  const result = await startRun(store, configFromSettings({ seed: 'q', count: 30 }), 3, { workers: 0 })
  expect(result.status).toBe('finished')
})
