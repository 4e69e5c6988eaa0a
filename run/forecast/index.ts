export type { Estimate, Estimates } from './estimate.ts'
export { type Forecast, forecastRun } from './forecast.ts'
export type { SampleOptions } from './sample.ts'
export { checkSpace, type FreeBytes, megabytes, type Space } from './space.ts'
