export type { ColumnValues, TableBatch } from './batch.ts'
export type {
  DayRecord,
  Difference,
  NewRun,
  Receipt,
  RunRecord,
  RunStatus,
  RunStore,
  Segment,
  Verification,
} from './store.ts'
