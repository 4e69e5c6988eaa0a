import { resolve } from 'node:path'
import type { Block, BlockSetup, FirstIds, PeopleBlocks, PeopleIds, TaskSetup } from '../../persist/index.ts'
import {
  byDay,
  type EventExtension,
  type MarketDay,
  type MarketSummary,
  planMarkets,
  type RunConfig,
} from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { mergeTallies, type Tally } from '../../sim/observe/index.ts'
import type { LoadedExtension } from '../extension/index.ts'
import { dealMarkets } from './balance.ts'
import { MarketGroup } from './group.ts'
import type { Answer, EnrolAnswer, MarketState, MarketTask, MeetAnswer, Order, SimulatedMarket } from './task.ts'
import { WorkerThread } from './thread.ts'

/** Whoever carries out orders for some of the markets: a worker thread, or this very thread. */
interface Member {
  readonly markets: readonly number[]
  answer(order: Order): Promise<Answer>
  dismiss(): Promise<void>
}

export interface CrewOptions {
  /** Worker threads; 0 simulates on the calling thread. More than there are markets are not started. */
  readonly workers: number
  /** States of all markets at one day boundary, which move to the workers; absent: the run's first day. */
  readonly states?: readonly MarketState[]
  /** Whether metrics are counted. */
  readonly metrics: boolean
  /** More that can happen. */
  readonly extension?: LoadedExtension
}

/** People who were made, and whose rows can be. */
export interface MetPeople {
  readonly media: number
  enrol(ids: PeopleIds): Promise<PeopleBlocks>
}

/** All markets of a run, dealt to workers, simulated a day at a time in step. */
export class Crew {
  private readonly members: readonly Member[]
  /** Market ids in the order of the plan, which is the order of facts in a day. */
  private readonly order: readonly number[]

  private constructor(members: readonly Member[], order: readonly number[]) {
    this.members = members
    this.order = order
  }

  static hire(config: RunConfig, options: CrewOptions): Crew {
    const plan = planMarkets(config)
    const hands = dealMarkets(plan.ids, plan.sizes, Math.max(1, options.workers))
    const stateOf = new Map(options.states?.map((state) => [state.market, state]))
    const members = hands.map((markets): Member => {
      const states = options.states && markets.map((id) => stateOf.get(id)!)
      // Copies: a part of the plan's one array would carry, or take, all of it.
      const members = markets.map((id) => plan.members(id).slice())
      const { metrics, extension } = options
      const task = {
        ...{ config, markets, members, metrics },
        ...(states && { states }),
        ...(extension && { extension: resolve(extension.file) }),
      }
      return options.workers === 0 ? new SameThread(task, extension?.extension) : new WorkerThread(task)
    })
    return new Crew(members, plan.ids)
  }

  get workers(): number {
    return this.members.length
  }

  /** Waits until all markets stand at their first day. Throws what keeps one from it, such as `BAD_SNAPSHOT`. */
  async ready(): Promise<void> {
    await this.ask({ order: 'ready' })
  }

  /** The next day's facts of all markets, in the plan's order. */
  async day(): Promise<MarketDay[]> {
    const answers = await this.ask({ order: 'day' })
    return this.inOrder(answers.flatMap((answer) => (answer.order === 'day' ? answer.markets : [])))
  }

  /** From now on people can be made into blocks. @param joinDay −1 for those who are there at the start */
  async usePeople(setup: TaskSetup, joinDay: number): Promise<void> {
    await this.ask({ order: 'people', setup, joinDay })
  }

  /**
   * Makes people on one of the members' threads, whatever markets they live in.
   * @param first number of the first; the others follow. @param settled as in `Order`
   */
  async meet(member: number, first: number, people: number, settled: number): Promise<MetPeople> {
    const at = this.members[member % this.members.length]!
    const answer = await at.answer({ order: 'meet', first, people, settled })
    return {
      media: (answer as MeetAnswer).media,
      enrol: async (ids) => (await at.answer({ order: 'enrol', first, ids })) as EnrolAnswer,
    }
  }

  /** From now on days can be simulated and made into blocks where they are. @param setup its sources are not null */
  async useBlocks(setup: BlockSetup): Promise<void> {
    await Promise.all(this.members.map((member, i) => member.answer({ order: 'blocks', setup, name: `${i}` })))
  }

  /** The next day, whose facts stay with the workers, of all markets in the plan's order. @param settled as in `Order` */
  async simulate(day: number, settled: number): Promise<SimulatedMarket[]> {
    const answers = await this.ask({ order: 'simulate', day, settled })
    return this.inOrder(answers.flatMap((answer) => (answer.order === 'simulate' ? answer.markets : [])))
  }

  /**
   * The blocks of a day that was simulated, the markets in the plan's order.
   * @param places of each market, in the plan's order
   */
  async make(day: number, places: readonly FirstIds[]): Promise<Block[]> {
    const placeOf = new Map(this.order.map((id, i) => [id, places[i]!]))
    const answers = await Promise.all(
      this.members.map((member) =>
        member.answer({ order: 'make', day, places: member.markets.map((id) => placeOf.get(id)!) }),
      ),
    )
    const rank = new Map(this.order.map((id, i) => [id, i]))
    return answers
      .flatMap((answer) => (answer.order === 'make' ? answer.blocks : []))
      .sort((a, b) => rank.get(a.market)! - rank.get(b.market)!)
  }

  /** Digests and counts of the next days, of each day's markets in the plan's order: no fact leaves its worker. */
  async pass(days: number): Promise<MarketSummary[][]> {
    const answers = await this.ask({ order: 'pass', days })
    const markets = answers.flatMap((answer) => (answer.order === 'pass' ? answer.markets : []))
    return byDay(markets).map((day) => this.inOrder(day))
  }

  /**
   * The states of all markets after the last day asked for, in the plan's order.
   * @throws MingleError NO_STATES when some market could not give its own; the crew can go on all the same
   */
  async save(): Promise<MarketState[]> {
    const answers = await this.ask({ order: 'save' })
    for (const answer of answers)
      if (answer.order === 'save' && answer.fault !== undefined) throw new MingleError('NO_STATES', answer.fault)
    return this.inOrder(answers.flatMap((answer) => (answer.order === 'save' ? answer.states : [])))
  }

  /** What all markets counted, merged; null when no metrics are kept. Merging adds whole numbers: its order is free. */
  async tally(): Promise<Tally | null> {
    const tallies = (await this.ask({ order: 'tally' })).flatMap((answer) =>
      answer.order === 'tally' ? answer.tallies : [],
    )
    return tallies.length > 0 ? mergeTallies(tallies) : null
  }

  /** Ends all workers, also those at work. */
  async dismiss(): Promise<void> {
    await Promise.all(this.members.map((member) => member.dismiss()))
  }

  private inOrder<T extends { readonly market: number }>(found: readonly T[]): T[] {
    const byMarket = new Map(found.map((item) => [item.market, item]))
    return this.order.map((id) => byMarket.get(id)!)
  }

  private ask(order: Order): Promise<Answer[]> {
    return Promise.all(this.members.map((member) => member.answer(order)))
  }
}

/** Simulates on the calling thread, when asked. */
class SameThread implements Member {
  private readonly task: MarketTask
  private readonly extension: EventExtension | undefined
  private group: MarketGroup | undefined

  constructor(task: MarketTask, extension: EventExtension | undefined) {
    this.task = task
    this.extension = extension
  }

  get markets(): readonly number[] {
    return this.task.markets
  }

  async answer(order: Order): Promise<Answer> {
    this.group ??= new MarketGroup(this.task, this.extension)
    return this.group.answer(order)
  }

  async dismiss(): Promise<void> {
    this.group = undefined
  }
}
