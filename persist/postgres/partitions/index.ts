export { partitionTables, plainTables } from './convert.ts'
export { DAYS_AT_ONCE, daysGone, dropDays, isTaken, openDays } from './days.ts'
export { hindrance } from './hindrance.ts'
export { RoomLedger } from './room-ledger.ts'
