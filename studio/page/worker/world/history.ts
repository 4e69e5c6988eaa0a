import {
  createSimulation,
  type MarketDay,
  type RunConfig,
  type RunInput,
  restoreSimulation,
  type SavedSimulation,
  type SimulationRun,
} from '../../../../sim/index.ts'

/** Bytes of snapshots that are kept; beyond, every second one goes. */
const SNAPSHOT_BYTES = 96 * 2 ** 20
/** Bytes of facts that are kept; earlier days beyond are lived again from a snapshot when they are asked for. */
const FACT_BYTES = 256 * 2 ** 20

/** Bytes of where everybody stood at each day boundary; beyond, later days are not known. */
const LIFE_BYTES = 64 * 2 ** 20

/** A state that a new one overtakes while it is being simulated. */
export class Overtaken extends Error {}

/** A run that can be looked at on any day: snapshots at day boundaries, and the facts of days as they are asked for. */
export class History {
  readonly config: RunConfig
  readonly days: number
  /** Run digest at each day boundary: `digests[d]` is that of the first d days. */
  readonly digests: string[] = []
  /** Who joined when, from the arrival facts: k → day. */
  readonly joined = new Map<number, number>()
  private readonly snapshots = new Map<number, SavedSimulation>()
  private readonly facts = new Map<number, readonly MarketDay[]>()
  private snapshotBytes = 0
  private factBytes = 0
  /** By day boundary, a column of each market. */
  private readonly lives: (readonly Uint8Array[])[] = []
  private lifeBytes = 0
  private stride = 1
  private run: SimulationRun

  constructor(input: RunInput, days: number) {
    this.run = createSimulation(input)
    this.config = this.run.config
    this.days = days
    this.digests.push(this.run.digest)
    this.rememberLives()
    this.keep(0)
  }

  /** Days that have been simulated. */
  get lived(): number {
    return this.digests.length - 1
  }

  get markets(): readonly number[] {
    return this.run.plan.ids
  }

  get plan() {
    return this.run.plan
  }

  get population() {
    return this.run.plan.population
  }

  /** Everybody who has joined before the end of the run, newcomers included. */
  get people(): number {
    return this.config.count + this.joined.size
  }

  /** Simulates the next day. */
  step(): void {
    const day = this.lived
    const { markets } = this.run.runDay()
    for (const { tables } of markets)
      for (let i = 0; i < tables.arrival.rows; i++) this.joined.set(tables.arrival.k[i]!, day)
    this.digests.push(this.run.digest)
    this.rememberLives()
    this.remember(day, markets)
    if ((day + 1) % this.stride === 0) this.keep(day + 1)
  }

  /** The facts of a day, lived again when they are no longer kept. */
  factsOf(day: number): readonly MarketDay[] {
    const known = this.facts.get(day)
    if (known) return known
    const { markets } = this.restored(day).run.runDay()
    this.remember(day, markets)
    return markets
  }

  /** Codes of `Life` of person k at the day boundaries 0…end; −1 before joining, and where it is not kept. */
  livesOf(k: number, end: number): Int8Array {
    const market = this.plan.ids.indexOf(this.plan.marketOf(k))
    const { k: people } = this.run.markets[market]!.lives()
    const row = people.indexOf(k)
    return Int8Array.from({ length: end + 1 }, (_, day) => this.lives[day]?.[market]?.[row] ?? -1)
  }

  /** The other person of a match, looked for from a day backwards; −1 when there is none. */
  partnerOf(market: number, match: number, k: number, day: number): number {
    for (let at = day; at >= 0; at--) {
      const table = this.factsOf(at).find((facts) => facts.market === market)?.tables.match
      if (!table || match < table.first) continue
      const row = match - table.first
      if (row >= table.rows) return -1
      return table.k[row] === k ? table.other[row]! : table.k[row]!
    }
    return -1
  }

  /**
   * The run at a day boundary, from the nearest snapshot before it.
   *
   * @param replay lives at least one day again, even where there is a snapshot of the day itself
   */
  restored(day: number, replay = false): { run: SimulationRun; from: number } {
    let from = replay && day > 0 ? day - 1 : day
    while (!this.snapshots.has(from)) from--
    const run = restoreSimulation(this.snapshots.get(from)!)
    run.passDays(day - from)
    return { run, from }
  }

  private keep(day: number): void {
    const saved = this.run.save()
    this.snapshots.set(day, saved)
    this.snapshotBytes += saved.markets.reduce((sum, { byteLength }) => sum + byteLength, 0)
    while (this.snapshotBytes > SNAPSHOT_BYTES && this.stride < this.days) {
      this.stride *= 2
      for (const [at, { markets }] of this.snapshots) {
        if (at % this.stride === 0) continue
        this.snapshots.delete(at)
        this.snapshotBytes -= markets.reduce((sum, { byteLength }) => sum + byteLength, 0)
      }
    }
  }

  private rememberLives(): void {
    if (this.lifeBytes > LIFE_BYTES) return
    const columns = this.run.markets.map((market) => market.lives().state.slice())
    this.lives.push(columns)
    this.lifeBytes += columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  private remember(day: number, markets: readonly MarketDay[]): void {
    this.facts.set(day, markets)
    this.factBytes += bytesOf(markets)
    for (const [at, old] of this.facts) {
      if (this.factBytes <= FACT_BYTES || at === day) return
      this.facts.delete(at)
      this.factBytes -= bytesOf(old)
    }
  }
}

function bytesOf(markets: readonly MarketDay[]): number {
  let bytes = 0
  for (const { tables, order } of markets) {
    bytes += order.byteLength
    for (const table of Object.values(tables)) {
      for (const column of Object.values(table)) if (ArrayBuffer.isView(column)) bytes += column.byteLength
    }
  }
  return bytes
}
