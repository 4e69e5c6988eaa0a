export { digestByKind, digestDay, digestTables, RunDigest } from './digest.ts'
export { Journal } from './journal.ts'
export * from './kinds.ts'
