export type { Adoptable, AdoptWish } from './adopt/person.ts'
export type { ColumnKind, ColumnValues, TableBatch, TableShape } from './batch.ts'
export { accountsOf } from './blocks/account.ts'
export type { BlockData } from './blocks/block.ts'
export { type Block, blocksByTable, type Encoding, type PeopleBlocks, type PeopleIds } from './blocks/block.ts'
export {
  BlockMaker,
  type BlockSetup,
  type BlockSources,
  memoryOfBlocks,
  sourcesOf,
} from './blocks/maker.ts'
export { memoryOfLedger, PeopleBlockMaker } from './blocks/people.ts'
export { checkDatabase, type LiveFindings } from './check-database.ts'
export type { DayRange } from './database/backend.ts'
export { epochMs, momentsOf } from './database/moments.ts'
export { dayFile, encode, FORMATS, type FormatName } from './files/formats.ts'
export { type FileEntry, SUCCESS_KEY } from './files/manifest.ts'
export { serveGenerator } from './generator/index.ts'
export { type Loaded, type LoadListener, loadFolder } from './load.ts'
export { postOfRow, userOfEmail } from './lookup.ts'
export * from './mapping/index.ts'
export { isNetworkFault, isServerAway, isUnknownName } from './network-faults.ts'
export {
  absolutePlace,
  isPostgres,
  type ObjectStore,
  openObjects,
  outputUrl,
  placeWithin,
  withoutPassword,
} from './objects/index.ts'
export { openStore, type StoreOptions } from './open.ts'
export { openSql, type SqlBackend } from './open-sql.ts'
export { type OwnTable, ownTables, ownTablesOf } from './own/index.ts'
export type { EnteredDay, EnteredPeople, EnteredRun } from './planned/entered-run.ts'
export { type TaskTransaction, takesTasks, taskTransactions } from './planned/load.ts'
export { type MadePeople, PeopleMaker } from './planned/people-maker.ts'
export type { TaskIds, TaskSetup } from './planned/task-setup.ts'
export { type SessionPool, sessionPool } from './postgres/session-pool.ts'
export { type CreateMany, insertBatch } from './prisma/insert-batch.ts'
export { productionSign, refuseProduction } from './production.ts'
export { DERIVED, DERIVED_TABLES, type DerivedTable, SEED_JOBS, WRITTEN_BY } from './rows/derived.ts'
export { type PictureSource, type PictureUrls, picsum, picturePool } from './rows/media.ts'
export {
  checkIds,
  countMarket,
  DAY_TABLES,
  type DayTable,
  type FirstIds,
  idsAfter,
  type MarketCounts,
  placeMarkets,
  sameIds,
} from './rows/placement.ts'
export { DEMO_PASSWORD_HASH } from './rows/profiles.ts'
export { batchOf } from './rows/read.ts'
export { wordsOfHex } from './rows/row-sum.ts'
export { TABLE_NAMES, TABLES, type TableName } from './rows/tables.ts'
export { choiceName, type RunChoice, runsMeant } from './run-choice.ts'
export { withoutSecrets } from './secrets.ts'
export type {
  DayBlocks,
  DayRecord,
  Difference,
  NewRun,
  Receipt,
  Removal,
  RenderedDay,
  RenderedPeople,
  RunRecord,
  RunStatus,
  RunStore,
  Segment,
  Verification,
} from './store.ts'
export { trialSite } from './trial.ts'
export { lacksTables } from './unmapped.ts'
export { type DatabaseUrl, parseDatabaseUrl, redactUrl } from './url.ts'
export { type Validation, validateDatabase, validateMapped } from './validate/index.ts'
