import {
  type Block,
  type BlockSetup,
  type DayBlocks,
  type FirstIds,
  idsAfter,
  placeMarkets,
  type Receipt,
  sameIds,
} from '../../persist/index.ts'
import { type DayFacts, generateProfile, type PersonProfile } from '../../sim/index.ts'
import { giveBack } from '../crew/day-memory.ts'
import { populationOf } from '../people/population.ts'
import { type Seconds, Stopwatch } from '../progress.ts'
import type { DayDrive } from './day-drive.ts'
import { digestTexts } from './fact-digests.ts'

/** A day that was simulated, and is digested and written when its turn comes. */
export interface SimulatedDay {
  /** Its rows, where they are made elsewhere. */
  readonly rows?: DayBlocks
  /** @param next the day that comes next, when it was simulated; undefined: there is none */
  write(next?: Promise<SimulatedDay>): Promise<Receipt>
}

/** Where days come from, and the form in which they go to the store. */
export interface DaySource {
  simulate(day: number): Promise<SimulatedDay>
}

/** Facts come to this thread, and the store makes rows of them. A written day's memory is given back at once. */
export class FactDays implements DaySource {
  private readonly drive: DayDrive

  constructor(drive: DayDrive) {
    this.drive = drive
  }

  async simulate(day: number): Promise<SimulatedDay> {
    const { crew, digest, store, run, config } = this.drive
    const facts: DayFacts = { day, markets: await crew.day() }
    return {
      write: async () => {
        const texts = digestTexts(digest.addDay(facts))
        const arrivals = facts.markets.flatMap(({ tables }) =>
          Array.from(tables.arrival.k.subarray(0, tables.arrival.rows)),
        )
        const receipt = await store.writeDay(run.id, facts, newcomers(config, unwritten(run, arrivals), day), texts)
        giveBack(facts.markets)
        return receipt
      },
    }
  }
}

/**
 * Facts stay where they are made, and so are their rows, as finished blocks. A day's ids are foretold from those of the
 * day before, so that its blocks are ready when its turn comes; where others wrote meanwhile they are made again.
 */
export class BlockDays implements DaySource {
  private readonly drive: DayDrive
  /** The next day's first ids, as far as this process can tell. */
  private next: FirstIds
  /** Days before this one are written. */
  private settled = 0

  private readonly seconds: Pick<Seconds, 'rendering'>

  private constructor(drive: DayDrive, next: FirstIds, seconds: Pick<Seconds, 'rendering'>) {
    this.drive = drive
    this.next = next
    this.seconds = seconds
  }

  /** @param seconds waiting for blocks is added there */
  static async open(drive: DayDrive, setup: BlockSetup, seconds: Pick<Seconds, 'rendering'>): Promise<BlockDays> {
    await drive.crew.useBlocks(setup)
    return new BlockDays(drive, setup.ids.next, seconds)
  }

  async simulate(day: number): Promise<SimulatedDay> {
    const { crew, digest, store, run, config } = this.drive
    const simulated = await crew.simulate(day, this.settled)
    const markets = simulated.map(({ counts }) => counts)
    const make = (bases: FirstIds) => {
      this.next = idsAfter(markets, bases)
      return crew.make(day, placeMarkets(markets, bases))
    }
    let made = { bases: this.next, blocks: make(this.next) }
    made.blocks.catch(() => {})
    const blocks = (bases: FirstIds): Promise<Block[]> => {
      if (!sameIds(made.bases, bases)) made = { bases, blocks: make(bases) }
      return made.blocks
    }
    return {
      rows: { day, markets, blocks },
      write: async (next) => {
        const arrivals = markets.flatMap((counts) => counts.arrivals)
        const receipt = await store.writeBlocks(run.id, {
          day,
          markets,
          newcomers: newcomers(config, arrivals, day),
          factDigests: digestTexts(
            digest.addSummaries(
              day,
              simulated.map(({ summary }) => summary),
            ),
          ),
          blocks: async (bases) => {
            const watch = new Stopwatch()
            const finished = await blocks(bases)
            this.seconds.rendering += watch.seconds
            return finished
          },
          next: async () => (await next)?.rows ?? null,
        })
        this.settled = day + 1
        return receipt
      },
    }
  }
}

/** Whose profiles are not there yet: people who join with a segment are written before its first day. */
function unwritten({ people }: DayDrive['run'], arrivals: readonly number[]): number[] {
  return arrivals.filter((k) => k > people)
}

/** Who joined on this day, in the order of the arrival facts. */
function newcomers(config: DayDrive['config'], arrivals: readonly number[], day: number): PersonProfile[] {
  const population = populationOf(config)
  return arrivals.map((k) => generateProfile(population, k, day))
}
