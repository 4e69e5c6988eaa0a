/** From rows of the user's models back to rows of the reference schema. */
export type { Hole } from './fill.ts'
export { type Holding, invertRun } from './invert.ts'
export { Staging } from './staging.ts'
