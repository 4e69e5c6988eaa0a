export type { Check } from './checks.ts'
export type { Provider, SqlClient } from './sql.ts'
export { type ValidatedMetric, type Validation, validateRun } from './validate.ts'
