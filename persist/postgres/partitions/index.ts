export { partitionTables } from './convert.ts'
export { dropDays, openDays } from './days.ts'
