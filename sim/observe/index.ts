export {
  DRIFT_METRICS,
  METRIC_BY_ID,
  METRICS,
  type Metric,
  type MetricStatus,
  type MetricUnit,
  metricNamed,
} from './bands.ts'
export {
  DELAY_BINS,
  DISTANCE_EDGES_KM,
  delayBin,
  delayEdge,
  POST_RATE_BINS,
  POST_RATE_PER_WEEK,
  postRateBin,
} from './counts/bins.ts'
export { Thread } from './counts/thread-counts.ts'
export { MarketMetrics } from './market-metrics.ts'
export { behind } from './measures/behind.ts'
export { derive, deriveWindow, joinedDistances, type Measure, type Measures } from './measures/derive.ts'
export * from './measures/intervals.ts'
export {
  CONVERSATION_WINDOW_DAYS,
  type DayWindow,
  DRIFT_WINDOWS,
  INACTIVE_DAYS,
  type ObservedPeople,
  POST_WINDOW_DAYS,
} from './people.ts'
export { DAY_VECTORS, mergeTallies, type Tally, TRAIT_EFFECTS } from './tally.ts'
export {
  type DriftRow,
  drift,
  judge,
  judgeDrift,
  LIMITS,
  type Limits,
  type MetricRow,
  MIN_SEEDS,
  mandatedHold,
  type SeedDriftRow,
  type SeedRow,
  scorecard,
  seedDrift,
  seedVerdict,
  slackOf,
  type Verdict,
} from './verdict.ts'
