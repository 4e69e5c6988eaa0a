export { byDay, digestByKind, digestDay, digestSummaries, digestTables, RunDigest, withoutRows } from './digest.ts'
export { Journal } from './journal.ts'
export * from './kinds.ts'
export { OwnRows, type OwnTable } from './own-rows.ts'
