import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  changesOf,
  compare,
  designPoints,
  fork,
  Laboratory,
  type LaboratoryOptions,
  parseAxis,
  replicate,
  runTrial,
  sameThreadRunner,
  sweep,
} from '../../experiments/index.ts'
import { configFromSettings } from '../../run/index.ts'
import { createSimulation } from '../../sim/index.ts'
import { small } from './setting.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-experiments-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function within<T>(options: LaboratoryOptions, work: (laboratory: Laboratory) => Promise<T>): Promise<T> {
  const laboratory = new Laboratory(small(), options)
  try {
    return await work(laboratory)
  } finally {
    await laboratory.close()
  }
}

describe('a trial', () => {
  it('is the run that its parameters and its seed make', () => {
    const setting = small()
    const trial = { seed: 'one', point: { 'policy.like.nearKm': 40 } }
    const outcome = runTrial(setting, trial)
    const set = Object.entries(changesOf(setting, trial.point)).map(([path, value]) => `${path}=${value}`)
    expect(set).toEqual(['policy.like.nearKm=40'])
    const { parameters } = configFromSettings({ seed: 'one', count: 40, set })
    const run = createSimulation({ ...setting.input, seed: 'one', parameters })
    for (let day = 0; day < setting.days; day++) run.runDay()
    expect(outcome).toMatchObject({ digest: run.digest })
  })
})

describe('experiments over worker threads', () => {
  const axes = [parseAxis('policy.like.nearKm=5..50:3')!, parseAxis('policy.deck.tries=2,6')!]
  const points = designPoints(axes, 'grid', undefined, 'x')
  const paths = axes.map(({ parameter }) => parameter.path)
  const plan = { kind: 'sweep', command: 'mingle sweep', setting: small(), paths, details: {} }
  const swept = (path: string, workers: number, signal?: AbortSignal, onProgress?: (done: number) => void) =>
    within({ workers, signal, onProgress, folder: { path, plan } }, async (laboratory) => {
      const result = await sweep(laboratory.run, points, { base: 'x', seeds: 2 })
      if (!result.stopped) laboratory.folder!.finish(result.rows)
      return result
    })
  const files = (path: string) =>
    ['manifest.json', 'trials.csv', 'result.json'].map((name) => readFileSync(join(path, name), 'utf8'))
  const whole = join(folder, 'whole')

  it('a sweep is the same with 0, 1 and 2 workers, byte for byte', async () => {
    const result = await swept(whole, 0)
    expect(result.points).toHaveLength(6)
    expect(result.rows.every(({ n }) => n <= 2)).toBe(true)
    expect(readFileSync(join(whole, 'trials.csv'), 'utf8').trim().split('\n')).toHaveLength(13)
    for (const workers of [1, 2]) {
      await swept(join(folder, `workers ${workers}`), workers)
      expect(files(join(folder, `workers ${workers}`))).toEqual(files(whole))
    }
  })

  it('one that was stopped, and cut off within a row, goes on to the same', async () => {
    const path = join(folder, 'stopped')
    const stop = new AbortController()
    const first = await swept(path, 2, stop.signal, (done) => {
      if (done >= 3) stop.abort()
    })
    expect(first.stopped).toBe(true)
    const there = readFileSync(join(path, 'trials.csv'), 'utf8')
    expect(there.trim().split('\n').length).toBeGreaterThanOrEqual(4)
    expect(there.trim().split('\n').length).toBeLessThan(13)
    appendFileSync(join(path, 'trials.csv'), 'x-2,5,2,0.13')
    let begun = -1
    await swept(path, 2, undefined, (done) => {
      if (begun < 0) begun = done
    })
    expect(begun).toBe(there.trim().split('\n').length - 1)
    expect(files(path)).toEqual(files(whole))
  })

  it('a finished one runs nothing again, and more seeds are added', async () => {
    let fresh = 0
    const onProgress = () => fresh++
    await swept(whole, 0, undefined, onProgress)
    expect(fresh).toBe(1)
    const more = await within({ workers: 0, onProgress, folder: { path: whole, plan } }, (laboratory) =>
      sweep(laboratory.run, points, { base: 'x', seeds: 3 }),
    )
    expect(more.seeds).toHaveLength(3)
    expect(fresh).toBe(1 + 1 + 6)
  })

  it('refuses a folder that holds something else', () => {
    const other = { ...plan, setting: small(50) }
    expect(() => new Laboratory(small(50), { folder: { path: whole, plan: other } })).toThrow(
      'its people, days or parameters differ',
    )
    expect(() => new Laboratory(small(), { folder: { path: whole, plan: { ...plan, kind: 'tune' } } })).toThrow(
      'a sweep, and this is a tune',
    )
    const older = join(folder, 'older')
    mkdirSync(older)
    const manifest = JSON.parse(readFileSync(join(whole, 'manifest.json'), 'utf8'))
    writeFileSync(join(older, 'manifest.json'), JSON.stringify({ ...manifest, engine: 2 }))
    expect(() => new Laboratory(small(), { folder: { path: older, plan } })).toThrow('it was made by engine 2')
    writeFileSync(join(older, 'manifest.json'), '{')
    expect(() => new Laboratory(small(), { folder: { path: older, plan } })).toThrow('is no manifest')
    const file = join(older, 'manifest.json')
    expect(() => new Laboratory(small(), { folder: { path: file, plan } })).toThrow('is a file')
    expect(() => new Laboratory(small(), { folder: { path: join(file, 'below'), plan } })).toThrow('cannot be used')
    writeFileSync(join(folder, 'note.txt'), 'mine')
    expect(() => new Laboratory(small(), { folder: { path: folder, plan } })).toThrow('holds other files')
  })

  it('records a point that fails and goes on', async () => {
    const bad = { 'population.traits.sociability.low': 0.9, 'population.traits.sociability.high': 0.1 }
    const failing = { ...plan, paths: Object.keys(bad) }
    const path = join(folder, 'failing')
    const results = await within({ workers: 2, folder: { path, plan: failing } }, (laboratory) =>
      sweep(laboratory.run, [bad, {}], { base: 'x', seeds: 1 }),
    )
    expect(results.failures).toEqual([{ error: expect.stringContaining('goes from 0.9 to 0.1'), times: 1 }])
    expect(results.rows.find(({ point, measure }) => point === 1 && measure.key === 'like_rate')!.n).toBe(1)
    expect(readFileSync(join(path, 'trials.csv'), 'utf8')).toContain('goes from 0.9 to 0.1')
  })
})

describe('compare', () => {
  const run = sameThreadRunner(small(80, 12))

  it('a setting and itself: every difference is exactly 0, on every seed', async () => {
    const { rows } = await compare(run, [{}, {}], { base: 'same', seeds: 2 })
    for (const { difference, verdict } of rows) {
      for (const each of difference.differences) expect(each).toBe(0)
      expect(verdict).toBe('equal')
    }
  })

  it('common seeds: what a change does not touch hardly varies between the two', async () => {
    const { rows } = await compare(run, [{}, { 'policy.opening.patienceHours': 30 }], { base: 'c', seeds: 6 })
    const ratio = (key: string) => rows.find(({ measure }) => measure.key === key)!.difference.varianceRatio
    for (const key of ['feed_engagement', 'unliked_posts', 'posts', 'like_rate', 'feed_items'])
      expect(ratio(key), key).toBeLessThan(0.5)
  })
})

describe('replicate', () => {
  it('goes on until the half-width is reached, and not beyond its limit', async () => {
    const run = sameThreadRunner(small(30, 4))
    const one = await replicate(run, { base: 'r', seeds: 4, until: { feed_items: 4 } })
    expect(one.targets[0]).toMatchObject({ measure: 'feed_items', reached: true })
    expect(one.seeds.length).toBe(Math.max(4, one.targets[0]!.needed))
    const { low, high } = one.rows.find(({ measure }) => measure.key === 'feed_items')!
    expect(high - low).toBeLessThanOrEqual(8 + 1e-9)
    const capped = await replicate(run, { base: 'r', seeds: 3, until: { feed_items: 1e-4 }, atMost: 5 })
    expect(capped.seeds).toHaveLength(5)
    expect(capped.targets[0]).toMatchObject({ reached: false })
  })
})

describe('fork', () => {
  it('differs from no change only after the day, and not at all where the policy is the same', async () => {
    const policies = [{ 'policy.deck.likerShown': 0.12 }, { 'policy.deck.likerShown': 0.9 }]
    const { rows } = await within({ workers: 2 }, (laboratory) =>
      fork(laboratory.runForks, policies, { base: 'f', seeds: 2, atDay: 5, days: 8 }),
    )
    const differences = (policy: number) => rows.filter((row) => row.policy === policy && row.n > 0)
    expect(differences(0).every(({ mean, deviation }) => mean === 0 && deviation === 0)).toBe(true)
    expect(differences(1).some(({ measure, mean }) => measure.key === 'matches' && mean !== 0)).toBe(true)
    expect(Math.min(...rows.flatMap(({ day }) => (day === null ? [] : [day])))).toBe(5)
  })

  it('goes on in its folder from the pasts that are there, to the same', async () => {
    const policies = [{ 'policy.deck.likerShown': 0.9 }]
    const plan = { kind: 'fork', command: 'mingle fork', setting: small(), paths: [], details: {} }
    const forked = (path: string, seeds: number, workers = 0) =>
      within({ workers, folder: { path, plan } }, async (laboratory) => {
        const before = laboratory.folder!.size
        const { rows } = await fork(laboratory.runForks, policies, { base: 'f', seeds, atDay: 5, days: 8 })
        return { before, rows }
      })
    const [whole, parts] = [join(folder, 'fork'), join(folder, 'fork in parts')]
    const { rows } = await forked(whole, 3)
    await forked(parts, 2, 2)
    appendFileSync(join(parts, 'pieces.ndjson'), '{"key":"{')
    expect(await forked(parts, 3)).toEqual({ before: 2, rows })
    const pieces = (path: string) => readFileSync(join(path, 'pieces.ndjson'), 'utf8')
    expect(pieces(parts)).toBe(pieces(whole))
  })
})
