/** Facts of an extension as rows: tables that the run's ledger knows, so that nobody but the simulation needs the code. */
export { createOwnTables } from './create-tables.ts'
export { ownBatches } from './own-rows.ts'
export { type OwnTable, ownTables, ownTablesOf, shapeIn, shapeOfOwn } from './own-table.ts'
