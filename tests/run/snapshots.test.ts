import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Crew } from '../../run/crew.ts'
import { SnapshotFolder } from '../../run/snapshots.ts'
import type { MarketState } from '../../run/task.ts'
import { ENGINE_VERSION, type RunConfig, RunDigest, resolveConfig, runIdentity } from '../../sim/index.ts'

const config = resolveConfig({ seed: 'snap / shot', count: 240, market: 'division' })

/** Run digests after 0, 1, 2, … days, as a ledger would have them; what they are does not matter here. */
const digests = Array.from({ length: 20 }, (_, day) => `digest ${day}`)

const upTo = (days: number): string[] => digests.slice(0, days + 1)

/** Digest of some days from a state on, and the state after them. */
async function simulate(
  of: RunConfig,
  from: number,
  to: number,
  states?: readonly MarketState[],
): Promise<{ digest: string; states: MarketState[] }> {
  const crew = Crew.hire(of, { workers: 2, metrics: false, ...(states && { states }) })
  try {
    const digest = new RunDigest(runIdentity(of))
    for (let day = from; day < to; day++) digest.addDay({ day, markets: await crew.day() })
    return { digest: digest.hex, states: await crew.save() }
  } finally {
    await crew.dismiss()
  }
}

describe('snapshots', () => {
  let folder: string
  let warnings: string[]
  let snapshots: SnapshotFolder
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'mingle-snapshots-')), 'new')
    warnings = []
    snapshots = new SnapshotFolder(folder, (line) => warnings.push(line))
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  it('go on as if never interrupted', async () => {
    const first = await simulate(config, 0, 4)
    const whole = await simulate(config, 4, 8, first.states)
    await snapshots.save(config, 4, digests[4]!, first.states)
    const found = (await snapshots.latest(config, upTo(4)))!
    expect(found.day).toBe(4)
    expect(found.states).toEqual(first.states)
    const crew = Crew.hire(config, { workers: 1, metrics: false })
    const digest = new RunDigest(runIdentity(config))
    try {
      for (let day = 0; day < 8; day++) {
        const facts = { day, markets: await crew.day() }
        if (day >= 4) digest.addDay(facts)
      }
    } finally {
      await crew.dismiss()
    }
    expect((await simulate(config, 4, 8, found.states)).digest).toBe(digest.hex)
    expect(whole.digest).toBe(digest.hex)
  })

  it('hold the metrics too', async () => {
    const tallyOf = async (crew: Crew, days: number): Promise<unknown> => {
      for (let day = 0; day < days; day++) await crew.day()
      return crew.tally()
    }
    const whole = Crew.hire(config, { workers: 1, metrics: true })
    const start = Crew.hire(config, { workers: 2, metrics: true })
    await tallyOf(start, 4)
    await snapshots.save(config, 4, digests[4]!, await start.save())
    const rest = Crew.hire(config, {
      workers: 3,
      metrics: true,
      states: (await snapshots.latest(config, upTo(4)))!.states,
    })
    expect(await tallyOf(rest, 4)).toEqual(await tallyOf(whole, 8))
    for (const crew of [whole, start, rest]) await crew.dismiss()
  })

  it('keep the last two, named by run, day and engine', async () => {
    const { states } = await simulate(config, 0, 1)
    for (const day of [1, 5, 12]) await snapshots.save(config, day, digests[day]!, states)
    const names = readdirSync(folder).sort()
    expect(names).toEqual([
      expect.stringMatching(`^snap_shot-[0-9a-f]{10}-day12-engine${ENGINE_VERSION}\\.snapshot$`),
      expect.stringMatching(`^snap_shot-[0-9a-f]{10}-day5-engine${ENGINE_VERSION}\\.snapshot$`),
    ])
    expect((await snapshots.latest(config, upTo(100)))?.day).toBe(12)
    expect((await snapshots.latest(config, upTo(11)))?.day).toBe(5)
    expect(await snapshots.latest(config, upTo(4))).toBeNull()
    expect(warnings).toEqual([])
  })

  it('of days that a run of the same seed has not reached again make way', async () => {
    const { states } = await simulate(config, 0, 1)
    for (const day of [1, 9, 12]) await snapshots.save(config, day, `${day} before the reset`, states)
    await snapshots.save(config, 2, digests[2]!, states)
    expect((await snapshots.latest(config, upTo(4)))?.day).toBe(2)
    expect(readdirSync(folder).map((name) => /day\d+/.exec(name)![0])).toEqual(['day2'])
  })

  it('that are damaged or cut short are left aside, which is said', async () => {
    const { states } = await simulate(config, 0, 1)
    await snapshots.save(config, 1, digests[1]!, states)
    await snapshots.save(config, 2, digests[2]!, states)
    const [older, newer] = readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)) as [string, string]
    const bytes = readFileSync(newer)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(newer, bytes)
    expect((await snapshots.latest(config, upTo(9)))?.day).toBe(1)
    truncateSync(older, 1000)
    expect(await snapshots.latest(config, upTo(9))).toBeNull()
    expect(warnings).toHaveLength(3)
    expect(warnings[0]).toContain('checksum')
  })

  it('of another configuration are not taken', async () => {
    const { states } = await simulate(config, 0, 1)
    await snapshots.save(config, 1, digests[1]!, states)
    const other = resolveConfig({
      seed: 'snap / shot',
      count: 240,
      market: 'division',
      parameters: { policy: { arrivals: { perDay: 3 } } },
    })
    expect(await snapshots.latest(other, upTo(9))).toBeNull()
    expect(warnings[0]).toContain('its config is')
    expect(await snapshots.latest({ ...config, seed: 'another' }, upTo(9))).toBeNull()
    // Who joins after the snapshot is no part of it.
    expect((await snapshots.latest({ ...config, cohorts: [{ day: 1, count: 9 }] }, upTo(9)))?.day).toBe(1)
    expect(await snapshots.latest({ ...config, cohorts: [{ day: 0, count: 9 }] }, upTo(9))).toBeNull()
  })

  it('of other facts are not taken', async () => {
    const { states } = await simulate(config, 0, 1)
    await snapshots.save(config, 1, 'digest of another engine', states)
    expect(await snapshots.latest(config, digests)).toBeNull()
    expect(warnings[0]).toContain('its digest is digest of another engine')
  })

  it('cost nothing but themselves when they cannot be written', async () => {
    writeFileSync(folder, 'a file where the folder should be')
    await snapshots.save(config, 1, digests[1]!, [])
    expect(warnings).toEqual([expect.stringContaining('no snapshot of day 1')])
    expect(await snapshots.latest(config, upTo(9))).toBeNull()
  })
})
