/** Drives runs: people and days from the simulation, over worker threads, into a store. */
export { describePerson, type RunSummary, summaryOf } from './describe.ts'
export { chooseRun, isUnfinished, plannedDays, standing } from './ledger.ts'
export type { MetricLine } from './metrics.ts'
export type { Progress, ProgressListener, Seconds } from './progress.ts'
export { type Extension, extendRun, type RunOptions, type RunResult, resumeRun, startRun } from './run.ts'
export { configFromSettings, drawSeed, parameterPaths, type RunSettings, setParameter } from './settings.ts'
export type { Answer, MarketState, MarketTask, Order } from './task.ts'
export { packageVersion } from './version.ts'
