export {
  DRIFT_METRICS,
  METRIC_BY_ID,
  METRICS,
  type Metric,
  type MetricStatus,
  type MetricUnit,
  metricNamed,
} from './bands.ts'
export { behind } from './behind.ts'
export {
  DELAY_BINS,
  DISTANCE_EDGES_KM,
  delayBin,
  delayEdge,
  POST_RATE_BINS,
  POST_RATE_PER_WEEK,
  postRateBin,
} from './bins.ts'
export { derive, deriveWindow, joinedDistances, type Measure, type Measures } from './derive.ts'
export * from './intervals.ts'
export { MarketMetrics } from './market-metrics.ts'
export {
  CONVERSATION_WINDOW_DAYS,
  type DayWindow,
  DRIFT_WINDOWS,
  INACTIVE_DAYS,
  type ObservedPeople,
  POST_WINDOW_DAYS,
} from './people.ts'
export { DAY_VECTORS, mergeTallies, type Tally, TRAIT_EFFECTS } from './tally.ts'
export { Thread } from './thread-counts.ts'
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
