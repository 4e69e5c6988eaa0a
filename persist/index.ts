export type { ColumnKind, ColumnValues, TableBatch, TableShape } from './batch.ts'
export { accountsOf } from './blocks/account.ts'
export { type Block, blocksByTable, type Encoding } from './blocks/block.ts'
export {
  BlockMaker,
  type BlockSetup,
  type BlockSources,
  memoryOfBlocks,
  plainSources,
  sourcesOf,
} from './blocks/maker.ts'
export { serveGenerator, writeMetadata } from './generator/index.ts'
export * from './mapping/index.ts'
export { openStore, type StoreOptions } from './open.ts'
export { type CreateMany, insertBatch } from './prisma/insert-batch.ts'
export { productionSign, refuseProduction } from './production.ts'
export { type PictureSource, type PictureUrls, picsum, picturePool } from './rows/media.ts'
export {
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
export { withoutSecrets } from './secrets.ts'
export type {
  DayRecord,
  Difference,
  NewRun,
  Receipt,
  RenderedDay,
  RunRecord,
  RunStatus,
  RunStore,
  Segment,
  Verification,
} from './store.ts'
export { lacksTables } from './unmapped.ts'
export { type DatabaseUrl, parseDatabaseUrl, redactUrl } from './url.ts'
export { type Validation, validateDatabase, validateMapped } from './validate/index.ts'
