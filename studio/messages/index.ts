/** What passes between the studio's server and its page, and into a report: types alone. */
export type { ExperimentReport, ReportCurve, RunReport } from './report.ts'
export type { About, OpenedRun, RunLine } from './runs.ts'
export type { WatchEvents, WatchedDay, WatchedEnd, WatchedRate, WatchedRun } from './watch.ts'
