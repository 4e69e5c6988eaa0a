import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Crew } from '../../../run/crew/crew.ts'
import type { MarketState } from '../../../run/crew/task.ts'
import { readSnapshotFile, writeSnapshotFile } from '../../../run/snapshots/snapshot-file.ts'
import { SnapshotFolder } from '../../../run/snapshots/snapshots.ts'
import { ENGINE_VERSION, type RunConfig, RunDigest, resolveConfig, runIdentity } from '../../../sim/index.ts'

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
    snapshots = new SnapshotFolder(folder, 'file:./site.db', (line) => warnings.push(line))
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  it('go on as if never interrupted', async () => {
    const first = await simulate(config, 0, 4)
    // States move to the workers.
    const whole = await simulate(config, 4, 8, structuredClone(first.states))
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

  it('keep the last two, named by run, day, engine and database', async () => {
    const { states } = await simulate(config, 0, 1)
    for (const day of [1, 5, 12]) await snapshots.save(config, day, digests[day]!, states)
    const names = readdirSync(folder).sort()
    expect(names).toEqual([
      expect.stringMatching(`^snap_shot-[0-9a-f]{10}-day12-engine${ENGINE_VERSION}-[0-9a-f]{8}\\.snapshot$`),
      expect.stringMatching(`^snap_shot-[0-9a-f]{10}-day5-engine${ENGINE_VERSION}-[0-9a-f]{8}\\.snapshot$`),
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
    expect(warnings[0]).toMatch(
      /left aside: it is of a run with other settings, or [^0-9]*; its days are simulated again$/,
    )
    expect(await snapshots.latest({ ...config, seed: 'another' }, upTo(9))).toBeNull()
    // Who joins after the snapshot is no part of it.
    expect((await snapshots.latest({ ...config, cohorts: [{ day: 1, count: 9 }] }, upTo(9)))?.day).toBe(1)
    expect(await snapshots.latest({ ...config, cohorts: [{ day: 0, count: 9 }] }, upTo(9))).toBeNull()
  })

  it('of other facts are not taken', async () => {
    const { states } = await simulate(config, 0, 1)
    await snapshots.save(config, 1, 'digest of another engine', states)
    expect(await snapshots.latest(config, digests)).toBeNull()
    expect(warnings[0]).toContain('what happened in it up to then is not what the database records')
  })

  it('cost nothing but themselves when they cannot be written', async () => {
    writeFileSync(folder, 'a file where the folder should be')
    await snapshots.save(config, 1, digests[1]!, [])
    expect(warnings).toEqual([expect.stringContaining('no snapshot of day 1')])
    expect(await snapshots.latest(config, upTo(9))).toBeNull()
    rmSync(folder)
    // Whatever cannot be written: states that make too large a block threw before anything was tried.
    await snapshots.save(config, 2, digests[2]!, [{ market: 0, simulation: 'a column' as unknown as Uint8Array }])
    expect(warnings[1]).toContain('no snapshot of day 2')
    expect(readdirSync(folder)).toEqual([])
  })

  it('that were cut off, or made by another engine, are removed with the next one', async () => {
    await snapshots.save(config, 1, digests[1]!, [])
    const [name] = readdirSync(folder) as [string]
    const leftovers = [
      `${name}.part`,
      name.replace('day1', 'day7').replace(/$/, '.part'),
      name.replace(`engine${ENGINE_VERSION}`, 'engine1'),
      name.replace(/-[0-9a-f]{8}\.snapshot/, '.snapshot'),
    ]
    const others = ['notes.txt', name.replace('snap_shot', 'another_run')]
    for (const left of [...leftovers, ...others]) writeFileSync(join(folder, left), 'x')
    expect((await snapshots.latest(config, upTo(9)))?.day).toBe(1)
    await snapshots.save(config, 2, digests[2]!, [])
    expect(readdirSync(folder).sort()).toEqual([...others, name, name.replace('day1', 'day2')].sort())
  })

  it('of another database are let be, and taken where they fit', async () => {
    const others = new SnapshotFolder(folder, 'file:./copy.db', (line) => warnings.push(line))
    for (const day of [8, 9]) await others.save(config, day, digests[day]!, [])
    for (const day of [1, 2, 3]) await snapshots.save(config, day, digests[day]!, [])
    await others.save({ ...config, poolSize: 7 }, 10, digests[10]!, [])
    expect((await others.latest(config, upTo(9)))?.day).toBe(9)
    expect((await snapshots.latest(config, upTo(5)))?.day).toBe(3)
    expect((await snapshots.latest(config, upTo(8)))?.day).toBe(3)
    expect((await snapshots.latest(config, upTo(12)))?.day).toBe(9)
    expect(warnings).toEqual([])
    await others.forget(config.seed)
    expect((await snapshots.latest(config, upTo(12)))?.day).toBe(3)
    await snapshots.forget(config.seed)
    expect(existsSync(folder)).toBe(false)
  })

  it('that cannot be removed are told of, and no error', async () => {
    await snapshots.save(config, 1, digests[1]!, [])
    const [name] = readdirSync(folder) as [string]
    rmSync(join(folder, name))
    // What `rm` does not remove unasked, whoever is asking.
    mkdirSync(join(folder, name))
    await snapshots.forget(config.seed)
    expect(warnings).toEqual([expect.stringContaining("snapshots of run 'snap / shot' stay in")])
  })

  it('stay the own ones when the database and the folder move, or are renamed, together', async () => {
    const beside = (parent: string, name: string) =>
      new SnapshotFolder(join(parent, `${name}.db-snapshots`), `file:${join(parent, name)}.db`)
    const among = (parent: string) => new SnapshotFolder(join(parent, 'states'), `file:${join(parent, 'a.db')}`)
    const [here, there] = [join(folder, 'here'), join(folder, 'there')]
    await beside(here, 'a').save(config, 1, digests[1]!, [])
    await among(here).save(config, 1, digests[1]!, [])
    renameSync(here, there)
    renameSync(join(there, 'a.db-snapshots'), join(there, 'b.db-snapshots'))
    await beside(there, 'b').forget(config.seed)
    await among(there).forget(config.seed)
    expect(readdirSync(there)).toEqual([])
  })

  it('are written and read in pieces, and every damage is found', async () => {
    const states = [
      { market: 3, simulation: randomBytes(1000), metrics: randomBytes(77) },
      { market: 4, simulation: randomBytes(64) },
    ] satisfies MarketState[]
    mkdirSync(folder)
    const path = join(folder, 'file')
    await writeSnapshotFile(path, { run: 'x' }, states, 16)
    const whole = readFileSync(path)
    await writeSnapshotFile(path, { run: 'x' }, states)
    expect(readFileSync(path).equals(whole)).toBe(true)
    const headers: unknown[] = []
    const read = () => readSnapshotFile(path, (header) => headers.push(header), 16)
    const plain = (found: readonly MarketState[]) =>
      found.map(({ market, simulation, metrics }) => [market, [...simulation], metrics && [...metrics]])
    expect(plain(await read())).toEqual(plain(states))
    expect(headers).toEqual([{ run: 'x' }])
    for (let at = 0; at < whole.length; at += 13) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 4
      writeFileSync(path, damaged)
      await expect(read(), `byte ${at}`).rejects.toThrow()
    }
    for (const length of [0, 5, 16, 40, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length))
      await expect(read(), `${length} bytes`).rejects.toThrow('it is cut short')
    }
  })
})
