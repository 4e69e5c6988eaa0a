export * from './agents/index.ts'
export * from './config.ts'
export * from './content/index.ts'
export { type EventExtension, type ExtensionHandler, FIRST_EXTENSION_KIND, type World } from './events/index.ts'
export * from './facts/index.ts'
export * from './kernel/index.ts'
export { createMarket, type DayObserver, type Market } from './market.ts'
export {
  chooseLevel,
  MARKET_LEVELS,
  type MarketLevel,
  type MarketPlan,
  type MarketShare,
  planMarkets,
  shareOfPlan,
} from './markets.ts'
export { metricsMovedBy } from './moved-metrics.ts'
export * from './observe/index.ts'
export * from './parameters/index.ts'
export { generateProfiles, type ProfileOptions } from './profiles.ts'
export { createSimulation, restoreSimulation, type SavedSimulation, type SimulationRun } from './simulation.ts'
