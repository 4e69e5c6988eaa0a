export type { Check } from './checks.ts'
export { validateDatabase } from './open.ts'
export type { Provider, SqlClient } from './sql.ts'
export { type ValidatedMetric, type Validation, validateRun } from './validate.ts'
