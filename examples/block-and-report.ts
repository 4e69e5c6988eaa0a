/**
 * Block and report, added to the site from outside `sim/`: some who get a message they do not like block the sender,
 * and some of these report them. A block closes the thread. `npm run example:block` runs it, `mingle run --extension
 * examples/block-and-report.ts` writes it into a database; docs/extending.md explains.
 */
import { basename } from 'node:path'
import {
  createSimulation,
  type EventExtension,
  type ExtensionHandler,
  FIRST_EXTENSION_KIND,
  type MarketDay,
  type World,
} from '../sim/index.ts'

/** Event kinds: person `agent` blocks, or reports, the partner of match `a`; `b` is the partner's row. */
const BLOCK = FIRST_EXTENSION_KIND
const REPORT = FIRST_EXTENSION_KIND + 1
const Purpose = { whether: 0, when: 1 } as const
const Fact = { block: 0, report: 1 } as const
/** Reasons of a report. */
export const REASONS = ['rude', 'spam', 'not who they say'] as const

/** Chance that one message makes its reader block: for the least and for the most selective. */
const LEAST = 0.002
const MOST = 0.02
const REPORT_SHARE = 0.3
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export const blockAndReport: EventExtension = {
  name: 'block-and-report',
  purposes: ['whether', 'when'],
  facts: [
    {
      kind: 'block',
      columns: ['k', 'blocked', 'match', 'at'],
      rows: {
        table: 'blocks',
        columns: {
          user_id: { person: 'k' },
          blocked_id: { person: 'blocked' },
          match_id: { match: 'match' },
          created_at: { time: 'at' },
        },
        unique: [['user_id', 'blocked_id']],
      },
    },
    {
      kind: 'report',
      columns: ['k', 'reported', 'reason', 'at'],
      rows: {
        table: 'reports',
        columns: {
          user_id: { person: 'k' },
          reported_id: { person: 'reported' },
          reason: { word: 'reason', of: REASONS },
          created_at: { time: 'at' },
        },
      },
    },
  ],
  attach: (world) => new BlockAndReport(world),
}

class BlockAndReport implements ExtensionHandler {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Each message of the day may have its reader block the sender, some waking hours later. */
  endDay(_day: number, { tables }: MarketDay): void {
    const world = this.#world
    const { message } = tables
    for (let i = 0; i < message.rows; i++) {
      const match = message.match[i]!
      const sender = message.k[i]!
      const reader = world.partner(match, sender)
      const selectivity = world.people.selectivity[reader]!
      // The message's own number is the object of the draw: no other draw moves when it is blocked or not.
      const draws = world.draws(Purpose.whether, reader, 0, message.first + i)
      if (!draws.chance(LEAST + (MOST - LEAST) * selectivity)) continue
      const read = world.awake(reader, world.dayStart + message.at[i]!, draws.exponential(6 * HOUR_MS))
      world.schedule(read, BLOCK, reader, match, sender)
    }
  }

  handle(kind: number, row: number, match: number, other: number, time: number): void {
    const world = this.#world
    const { k } = world.people
    const at = time - world.dayStart
    if (kind === REPORT) {
      const draws = world.draws(Purpose.when, row, 1, match)
      world.record(Fact.report, k[row]!, k[other]!, draws.nextInt(REASONS.length), at)
      return
    }
    if (world.messages(match) < 0) return
    world.closeThread(match)
    world.record(Fact.block, k[row]!, k[other]!, match, at)
    const draws = world.draws(Purpose.when, row, 0, match)
    if (draws.chance(REPORT_SHARE)) {
      world.schedule(time + MINUTE_MS + Math.round(draws.exponential(2 * MINUTE_MS)), REPORT, row, match, other)
    }
  }
}

// Also where a build has put this code into another file.
if (basename(process.argv[1] ?? '').startsWith('block-and-report.')) {
  const run = createSimulation({ seed: 'demo-2024', count: 1000 }, blockAndReport)
  for (let day = 0; day < 30; day++) {
    const { markets } = run.runDay()
    const [blocks = 0, reports = 0] = [0, 1].map((kind) => markets.reduce((sum, { own }) => sum + own![kind]!.rows, 0))
    console.log(`day ${day}: ${blocks} blocks, ${reports} reports`)
  }
  console.log(`digest ${run.digest}`)
}
