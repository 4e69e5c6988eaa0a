import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePlan, outputOf, type Plan, Standing, TaskHand } from '../../cluster/index.ts'
import { RunMarkets } from '../../cluster/tasks/group-markets.ts'
import { GroupWriter } from '../../cluster/tasks/kept/group-file.ts'
import { KeptDays } from '../../cluster/tasks/kept/kept-days.ts'
import { Room } from '../../cluster/tasks/kept/room.ts'
import { type Scratch, ScratchFolder } from '../../cluster/tasks/kept/scratch.ts'
import { openObjects } from '../../persist/index.ts'
import { configFromSettings } from '../../run/index.ts'
import type { MarketDay, MarketTables } from '../../sim/facts/index.ts'

const DAYS = 3
const MEGABYTE = 2 ** 20
const config = configFromSettings({
  seed: 'kept',
  count: 120,
  market: 'area',
  set: ['policy.arrivals.perDay=5'],
})
let folder = ''
/** Files of a plan whose pass 2 lives through everything again. */
let without: Record<string, string>
const usual = process.env.TMPDIR

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-kept-'))
  without = (await carriedOut('without', undefined)).files
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
})

describe('days that pass 1 kept', () => {
  it('give the bytes that living through them again gives, and are taken once', async () => {
    const scratch = scratchOf('own')
    const { plan, files, between } = await carriedOut('with', scratch)
    expect(between).toHaveLength(plan.groups.length)
    expect(files).toEqual(without)
    expect(readdirSync(scratch.folder)).toEqual([])
  })

  it('serve another process of the same user on the machine too', async () => {
    const [one, other] = [scratchOf('all/one'), scratchOf('all/other')]
    const { files } = await carriedOut('shared', one, other)
    expect(files).toEqual(without)
    expect(readdirSync(one.folder)).toEqual([])
  })

  it('are left from the first that is damaged or cut off, and the rest is lived through again', async () => {
    const scratch = scratchOf('damaged')
    const { files } = await carriedOut('damaged', scratch, scratch, (kept) => {
      for (const [i, path] of kept.entries()) {
        const bytes = readFileSync(path)
        const at = Math.floor((bytes.length * (i + 1)) / (kept.length + 1))
        if (i % 3 === 0) writeFileSync(path, bytes.subarray(0, at))
        else writeFileSync(path, bytes.fill(bytes[at]! ^ 1, at, at + 1))
      }
    })
    expect(files).toEqual(without)
  })

  it('are the facts of the markets, and none where a bit of them was changed', () => {
    const markets = new RunMarkets(config)
    const ids = markets.plan.ids.slice(0, 3)
    const kept = new KeptDays(scratchOf('facts'))
    keep(kept, markets, 'whole', ids)
    const [reader, made] = [kept.take('whole', ids, DAYS)!, markets.make(ids)]
    for (let day = 0; day < DAYS; day++)
      expect(reader.day(day)).toEqual(made.map((market) => withoutOrder(market.runDay())))
    reader.close()
    expect(kept.take('whole', ids, DAYS)).toBeNull()
    keep(kept, markets, 'other', ids)
    expect(kept.take('other', ids, DAYS + 1)).toBeNull()
    keep(kept, markets, 'changed', ids)
    const path = join(folder, 'facts', 'changed.days')
    const bytes = readFileSync(path)
    const changed = (at: number, bit: number) => {
      const other = Buffer.from(bytes)
      other[at]! ^= 1 << bit
      writeFileSync(path, other)
      return kept.take('changed', ids, DAYS)
    }
    // The head of the first record: rows and first of each kind, digests, and their hash, 58 words. Then its first column.
    for (let at = 0; at < 60 * 4; at += 3) {
      const reader = changed(at, at & 7)!
      expect(reader.day(0)).toBeNull()
      expect(reader.day(1)).not.toBeNull()
      reader.close()
    }
    // The tail: where each record begins, the end, four names and four words of hash.
    const tail = (ids.length * DAYS + 1 + 4 + 4) * 8
    for (let at = bytes.length - tail; at < bytes.length; at++) expect(changed(at, at & 7)).toBeNull()
  })

  it('are lived through again where their file cannot be read any more', () => {
    const markets = new RunMarkets(config)
    const ids = markets.plan.ids.slice(0, 1)
    const kept = new KeptDays(scratchOf('unreadable'))
    keep(kept, markets, 'closed', ids)
    const reader = kept.take('closed', ids, DAYS)!
    reader.close()
    expect(reader.day(0)).toBeNull()
  })

  it('take no more room than they are given, and none when the counting fails', () => {
    const markets = new RunMarkets(config)
    const ids = markets.plan.ids
    const small = { folder: join(folder, 'small'), bytes: 50_000 }
    keep(new KeptDays(small), markets, 'one', ids)
    expect(readdirSync(small.folder)).toEqual([])
    const kept = new KeptDays({ ...small, bytes: MEGABYTE })
    const keeper = kept.keep('two', [1], 1)!
    const fails = () =>
      keeper.during(() => {
        throw new Error('out of memory')
      })
    expect(fails).toThrow('out of memory')
    expect(readdirSync(small.folder)).toEqual([])
  })

  it('take no more room than they are given by all threads together, and of a group for which it is too little only the first market', () => {
    const markets = new RunMarkets(config)
    const { ids } = markets.plan
    const days = markets.make(ids).map((market) => market.runDay())
    const scratch = { folder: join(folder, 'threads'), bytes: 20_000, threads: 4 }
    const sizeOf = () =>
      readdirSync(scratch.folder).reduce((all, name) => all + statSync(join(scratch.folder, name)).size, 0)
    const keepTogether = (left: readonly MarketDay[]): void => {
      const keeper = new KeptDays(scratch).keep(`${left.length}`, [1], 1)
      keeper?.during((leave) => {
        leave(left[0]!)
        if (left.length > 1) keepTogether(left.slice(1))
      })
      expect(sizeOf()).toBeLessThanOrEqual(scratch.bytes)
    }
    const least = days.toSorted((a, b) => rowsOf(a) - rowsOf(b))[0]!
    keepTogether(new Array(100).fill(least))
    expect(sizeOf()).toBeGreaterThan(0)
    const large = { folder: join(folder, 'large'), bytes: 20_000 }
    const keeper = new KeptDays(large).keep('large', [1, 1_000], 1)!
    keeper.during((leave) => {
      leave(least)
      expect(readdirSync(large.folder)).toEqual([])
      leave(least)
    })
    expect(readdirSync(large.folder)).toEqual([])
  })

  it('that cannot be given their name close their file once: its number may be that of another by then', () => {
    const scratch = scratchOf('unnamed')
    const path = join(scratch.folder, 'group')
    const writer = new GroupWriter(path, 0, 0, new Room(scratch))
    mkdirSync(path)
    expect(() => writer.end()).toThrow()
    const other = openSync(join(scratch.folder, 'other'), 'w')
    writer.abandon()
    expect(fstatSync(other).size).toBe(0)
    closeSync(other)
    expect(readdirSync(scratch.folder).sort()).toEqual(['group', 'other'])
  })

  it('go with their process, and those of one that was killed with the next', () => {
    process.env.TMPDIR = join(folder, 'temporary')
    const first = new ScratchFolder(1)
    const { folder: own, bytes } = first.scratch!
    expect(bytes).toBe(MEGABYTE)
    expect(own.startsWith(process.env.TMPDIR)).toBe(true)
    expect(statSync(dirname(own)).mode & 0o077).toBe(0)
    expect(statSync(own).mode & 0o077).toBe(0)
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    const killed = join(dirname(own), `${hostname()}-${pid}-1`)
    mkdirSync(killed)
    writeFileSync(join(killed, 'a.days.part'), 'half')
    const second = new ScratchFolder()
    expect(existsSync(killed)).toBe(false)
    expect(existsSync(own)).toBe(true)
    expect(second.scratch!.folder).not.toBe(own)
    first.close()
    second.close()
    expect(existsSync(own)).toBe(false)
    expect(new ScratchFolder(0).scratch).toBeNull()
  })
})

function withoutOrder({ order: _, ...tables }: MarketDay): MarketTables {
  return tables
}

function rowsOf({ tables }: MarketDay): number {
  return Object.values(tables).reduce((sum, { rows }) => sum + rows, 0)
}

function scratchOf(name: string): Scratch {
  return { folder: join(folder, name), bytes: 100 * MEGABYTE }
}

function keep(kept: KeptDays, markets: RunMarkets, id: string, ids: readonly number[]): void {
  kept.keep(id, markets.sizes(ids), DAYS)!.during((leave) => {
    for (const market of markets.make(ids)) market.passDays(DAYS, { observe() {}, leave })
  })
}

/** Carries out both passes into Parquet. @param meanwhile is given what pass 1 kept */
async function carriedOut(
  name: string,
  first: Scratch | undefined,
  second = first,
  meanwhile: (kept: readonly string[]) => void = () => {},
): Promise<{ plan: Plan; files: Record<string, string>; between: readonly string[] }> {
  const [control, output] = [join(folder, `${name}-plan`), join(folder, `${name}-out`)]
  const objects = await openObjects(control)
  const plan = await makePlan(config, DAYS, outputOf(`parquet:${output}`), objects)
  const standing = new Standing(plan, objects)
  const carryOut = async (tasks: Standing['counting'], scratch: Scratch | undefined) => {
    const hand = new TaskHand()
    for (const task of tasks) await hand.carryOut({ plan, task, control, output, scratch: scratch ?? null })
  }
  await carryOut(standing.counting, first)
  const between = first ? readdirSync(first.folder).map((file) => join(first.folder, file)) : []
  meanwhile(between)
  await carryOut((await standing.writing())!, second)
  const paths = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.parquet'))
  const files = paths.map((path) => [path, readFileSync(join(output, path), 'base64')])
  return { plan, files: Object.fromEntries(files), between }
}
