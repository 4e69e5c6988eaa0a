/**
 * What passes between the driver and whoever simulates: plain data alone, so that the same task could be sent to
 * another thread, process or machine. Markets share nothing, hence a task needs no word from any other.
 */
import type {
  Block,
  BlockSetup,
  FirstIds,
  MarketCounts,
  PeopleBlocks,
  PeopleIds,
  TaskSetup,
} from '../../persist/index.ts'
import type { MarketDay, MarketSummary, RunConfig } from '../../sim/index.ts'
import type { Tally } from '../../sim/observe/index.ts'

/** Some markets of one run, from one day boundary on. */
export interface MarketTask {
  readonly config: RunConfig
  /** Ids of the markets to simulate, ascending. */
  readonly markets: readonly number[]
  /**
   * Person numbers of who is there at the start, ascending, in the order of `markets`: four bytes a person, and nobody
   * but the driver has to draw where all others live.
   */
  readonly members: readonly Int32Array[]
  /** States to start from, in the order of `markets`; absent: the run's first day. */
  readonly states?: readonly MarketState[]
  /** The file of the run's extension, for whoever simulates to load. */
  readonly extension?: string
  /** Whether metrics are counted. States to start from must then have them too. */
  readonly metrics: boolean
}

/** One market at a day boundary. */
export interface MarketState {
  readonly market: number
  /** `Market.save()` */
  readonly simulation: Uint8Array
  /** The columns of `MarketMetrics.save()` as one block; absent when none were counted. */
  readonly metrics?: Uint8Array
}

/** What the driver may ask of a worker; each order gets one answer, in the order asked. */
export type Order =
  | { readonly order: 'ready' | 'day' | 'save' | 'tally' }
  /** Days of which only the digests and the counts are sent. Each market lives through all of them before the next. */
  | { readonly order: 'pass'; readonly days: number }
  /** From now on people can be made into blocks here. `joinDay` as `generateProfile` has it. */
  | { readonly order: 'people'; readonly setup: TaskSetup; readonly joinDay: number }
  /** `people` people from number `first` on. Those whose first has a number below `settled` are needed no more. */
  | { readonly order: 'meet'; readonly first: number; readonly people: number; readonly settled: number }
  /** The blocks of people who were met, with these ids. */
  | { readonly order: 'enrol'; readonly first: number; readonly ids: PeopleIds }
  /** From now on days may be made into blocks here. `name` is this worker's own, for names of files. */
  | { readonly order: 'blocks'; readonly setup: BlockSetup; readonly name: string }
  /**
   * The next day, whose facts stay here: `day` is its number. Those of days before `settled` are needed no more, nor are
   * their blocks asked again.
   */
  | { readonly order: 'simulate'; readonly day: number; readonly settled: number }
  /** The blocks of a simulated day, with these ids, in the order of the task's markets. */
  | { readonly order: 'make'; readonly day: number; readonly places: readonly FirstIds[] }

/** The markets stand where the task says; blocks can be made. */
export interface ReadyAnswer {
  readonly order: 'ready' | 'people' | 'blocks'
}

export interface MeetAnswer {
  readonly order: 'meet'
  /** Pictures that they have together. */
  readonly media: number
}

export interface EnrolAnswer extends PeopleBlocks {
  readonly order: 'enrol'
}

/** A market's day whose facts stayed where they were made. */
export interface SimulatedMarket {
  readonly market: number
  readonly summary: MarketSummary
  readonly counts: MarketCounts
}

export interface SimulateAnswer {
  readonly order: 'simulate'
  /** In the order of the task's markets. */
  readonly markets: readonly SimulatedMarket[]
}

export interface MakeAnswer {
  readonly order: 'make'
  /** A market's after the other's, in the order of the task's markets. */
  readonly blocks: readonly Block[]
  /** Seconds that making them took, files written included. */
  readonly seconds: number
}

export interface DayAnswer {
  readonly order: 'day'
  /** In the order of the task's markets. */
  readonly markets: readonly MarketDay[]
}

export interface PassAnswer {
  readonly order: 'pass'
  /** In the order of the task's markets: its days. */
  readonly markets: readonly (readonly MarketSummary[])[]
}

export interface SaveAnswer {
  readonly order: 'save'
  readonly states: readonly MarketState[]
  /** Why there are none, such as too little memory for a second copy of the state. The markets go on unharmed. */
  readonly fault?: string
}

export interface TallyAnswer {
  readonly order: 'tally'
  /** By market; empty when the task keeps no metrics. */
  readonly tallies: readonly Tally[]
}

/** An order that threw: the worker cannot go on. */
export interface FailureAnswer {
  readonly order: 'failure'
  readonly code: string
  readonly message: string
  readonly stack: string
}

export type Answer =
  | ReadyAnswer
  | MeetAnswer
  | EnrolAnswer
  | DayAnswer
  | SimulateAnswer
  | MakeAnswer
  | PassAnswer
  | SaveAnswer
  | TallyAnswer
  | FailureAnswer
