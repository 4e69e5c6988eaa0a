import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge } from '../../examples/recommender/recommender.ts'
import { EXPORT_NAMES, EXPORTS, exportRun } from '../../run/index.ts'
import {
  type ArmInput,
  type AskedRun,
  armNames,
  armOf,
  askedRun,
  createSimulation,
  planMarkets,
} from '../../sim/index.ts'

const DAYS = 15
const ARMS = [{ name: 'treatment', share: 0.5, policy: { like: { fatigue: 0 } } }]
const input = { seed: 'exported', count: 400, arms: ARMS }
const run: AskedRun = askedRun(input, DAYS)
const folder = mkdtempSync(join(tmpdir(), 'mingle-export-'))
type Row = Record<string, string | number>

function rowsOf(table: string): Row[] {
  const text = readFileSync(join(folder, `${table}.ndjson`), 'utf8').trim()
  return text.split('\n').map((line) => JSON.parse(line) as Row)
}

beforeAll(async () => {
  await exportRun(run, { tables: EXPORT_NAMES, format: 'ndjson', folder })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('exported interactions', () => {
  it('are calibrated: in ten bins the share of likes lies within its 99% interval of the mean probability', () => {
    const rows = rowsOf('interactions')
    expect(rows.length).toBeGreaterThan(8000)
    const ranked = rows.map((row) => ({ p: Number(row.probability), y: Number(row.liked) })).sort((a, b) => a.p - b.p)
    for (let bin = 0; bin < 10; bin++) {
      const part = ranked.slice((bin * ranked.length) / 10, ((bin + 1) * ranked.length) / 10)
      const mean = part.reduce((sum, { p }) => sum + p, 0) / part.length
      const share = part.reduce((sum, { y }) => sum + y, 0) / part.length
      const variance = part.reduce((sum, { p }) => sum + p * (1 - p), 0) / part.length ** 2
      expect(Math.abs(share - mean)).toBeLessThan(2.5758 * Math.sqrt(variance))
    }
  })

  it('are those of the facts, with the arm that the seed gives the viewer', () => {
    const rows = rowsOf('interactions')
    const simulation = createSimulation(input)
    const { population } = planMarkets(run.config)
    const likes: string[] = []
    for (let day = 0; day < DAYS; day++) {
      for (const { tables } of simulation.runDay().markets) {
        const { like } = tables
        for (let i = 0; i < like.rows; i++) likes.push(`${day} ${like.k[i]} ${like.to[i]} ${like.action[i]}`)
      }
    }
    expect(rows.map((row) => `${row.day} ${row.viewer} ${row.candidate} ${row.liked}`).sort()).toEqual(likes.sort())
    const names = armNames(run.config.arms)
    for (const row of rows.slice(0, 500)) {
      expect(row.arm).toBe(names[armOf(population.keys, run.config.arms, Number(row.viewer))])
    }
  })

  it('teach a small model, which the true probabilities rank better than', () => {
    const rows = rowsOf('interactions').sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))
    const { model, ceiling } = judge(rows)
    expect(model).toBeGreaterThan(0.75)
    expect(ceiling).toBeGreaterThan(model)
  })
})

describe('exported people and cohorts', () => {
  it('add up to the facts', () => {
    const people = rowsOf('people')
    expect(people.length).toBe(400)
    const interactions = rowsOf('interactions')
    const total = (name: string) => people.reduce((sum, row) => sum + Number(row[name]), 0)
    expect(total('decisions')).toBe(interactions.length)
    expect(total('likes')).toBe(total('likes_received'))
    expect(total('likes')).toBe(interactions.reduce((sum, row) => sum + Number(row.liked), 0))
  })

  it('have retention by week of sign-up, of whole weeks alone', () => {
    const rows = rowsOf('cohorts')
    expect(rows.length).toBeGreaterThan(20)
    for (const { people, active, retention, cohort } of rows) {
      expect(Number(retention)).toBeCloseTo(Number(active) / Number(people), 12)
      expect(new Date(`${cohort}T00:00:00Z`).getUTCDay()).toBe(1)
    }
    // Somebody who is there for 15 days has one or two whole weeks in them.
    const weeks = rows.reduce((sum, { people }) => sum + Number(people), 0)
    expect(weeks / 400).toBeGreaterThanOrEqual(1)
    expect(weeks / 400).toBeLessThanOrEqual(2)
  })
})

describe('an export', () => {
  it('has the same rows as Parquet and CSV, and says what each column is', async () => {
    const small = askedRun({ seed: 'small', count: 40 }, 2)
    const at = (name: string) => join(folder, 'small', name)
    for (const format of ['parquet', 'csv', 'ndjson'] as const) {
      await exportRun(small, { tables: ['people'], format, folder: at(format) })
    }
    const file = readFileSync(join(at('parquet'), 'people.parquet'))
    const rows = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength),
    })
    const lines = readFileSync(join(at('ndjson'), 'people.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const plain = lines.map((line) => JSON.parse(line) as Row)
    expect(rows.map((row) => [Number(row.person), row.gender, Number(row.likes)])).toEqual(
      plain.map((row) => [row.person, row.gender, row.likes]),
    )
    const [head, ...body] = readFileSync(join(at('csv'), 'people.csv'), 'utf8')
      .trim()
      .split('\n')
    expect(head).toBe(EXPORTS.people.columns.map(({ name }) => name).join(','))
    expect(body.length).toBe(40)
    const dictionary = JSON.parse(readFileSync(join(at('csv'), 'dictionary.json'), 'utf8'))
    expect(dictionary.tables.people.columns.length).toBe(EXPORTS.people.columns.length)
  })

  it('overwrites nothing', async () => {
    const there = join(folder, 'there')
    await exportRun(askedRun({ seed: 'small', count: 20 }, 1), { tables: ['people'], format: 'csv', folder: there })
    writeFileSync(join(there, 'people.csv'), 'mine')
    const again = exportRun(askedRun({ seed: 'small', count: 20 }, 1), {
      tables: ['people'],
      format: 'csv',
      folder: there,
    })
    await expect(again).rejects.toThrow('nothing was written')
    expect(readFileSync(join(there, 'people.csv'), 'utf8')).toBe('mine')
  })
})

describe('arms', () => {
  it('that say nothing else change no fact but the identity, and leave the rest of the run alone', () => {
    const plain = createSimulation({ seed: 'aa', count: 120 })
    const divided = createSimulation({ seed: 'aa', count: 120, arms: [{ name: 'same', share: 0.5 }] })
    for (let day = 0; day < 4; day++) {
      const [a, b] = [plain.runDay(), divided.runDay()]
      expect(b.markets.map(({ digests }) => [...digests])).toEqual(a.markets.map(({ digests }) => [...digests]))
    }
    expect(divided.digest).not.toBe(plain.digest)
  })

  it('give their people the policy, and nobody else', () => {
    const none = { like: { scale: { woman: 0, man: 0, nonbinary: 0 } } }
    const quiet = askedRun({ seed: 'quiet', count: 200, arms: [{ name: 'quiet', share: 0.4, policy: none }] }, 5)
    const simulation = createSimulation({
      seed: 'quiet',
      count: 200,
      arms: [{ name: 'quiet', share: 0.4, policy: none }],
    })
    const { population } = planMarkets(quiet.config)
    const likes = [0, 0]
    for (let day = 0; day < 5; day++) {
      for (const { tables } of simulation.runDay().markets) {
        const { like } = tables
        for (let i = 0; i < like.rows; i++) {
          if (like.action[i] === 1) likes[armOf(population.keys, quiet.config.arms, like.k[i]!)]!++
        }
      }
    }
    expect(likes[0]).toBeGreaterThan(50)
    expect(likes[1]).toBe(0)
  })

  it('are refused where they cannot be', () => {
    const run = (arms: readonly ArmInput[]) => () => createSimulation({ seed: 'x', count: 5, arms })
    expect(
      run([
        { name: 'a', share: 0.7 },
        { name: 'b', share: 0.7 },
      ]),
    ).toThrow('add up to')
    expect(run([{ name: 'control', share: 0.5 }])).toThrow('control')
    expect(run([{ name: 'a', share: 0.5, policy: { arrivals: { perDay: 3 } } }])).toThrow('which all people share')
  })
})
