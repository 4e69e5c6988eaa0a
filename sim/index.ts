export * from './agents/index.ts'
export { compareRuns, type RunDifference, type ToldFact } from './compare-runs.ts'
export * from './config/index.ts'
export * from './content/index.ts'
export {
  type EventExtension,
  type ExtensionHandler,
  FIRST_EXTENSION_KIND,
  IdleProbe,
  type Probe,
  type Site,
  type World,
} from './events/index.ts'
export {
  type AnswerRecord,
  type Change,
  type DecisionRecord,
  type Explanation,
  type MatchRecord,
  type Moment,
  type OfferRecord,
  type PostName,
  type Watched,
  Witness,
} from './explain/index.ts'
export {
  type AskedRun,
  askedRun,
  checkMoment,
  explainFeed,
  explainLike,
  explainMatch,
  explainReply,
  lookOn,
} from './explanations.ts'
export * from './facts/index.ts'
export * from './kernel/index.ts'
export { createMarket, type DayObserver, type Market } from './market.ts'
export { chooseLevel, MARKET_LEVELS, type MarketLevel } from './market-levels.ts'
export { type MarketPlan, type MarketShare, planMarkets, shareOfPlan } from './markets.ts'
export { metricsMovedBy } from './moved-metrics.ts'
export * from './observe/index.ts'
export * from './parameters/index.ts'
export { type PersonReport, type QuizReport, reportPerson } from './person-report.ts'
export { generateProfiles, type ProfileOptions } from './profiles.ts'
export {
  createSimulation,
  restoreSimulation,
  type SavedSimulation,
  type SimulationRun,
  simulationOf,
} from './simulation.ts'
export { type Acquaintance, type LifeDay, type LifeEvent, type Timeline, timelineOf } from './timeline.ts'
