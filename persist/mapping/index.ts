export { checkPlan } from './checks.ts'
export {
  as,
  choose,
  type Destination,
  defineConfig,
  find,
  link,
  type MappedModels,
  type MingleConfig,
  rows,
  type SourceRow,
  skip,
  type Target,
  type TargetOptions,
  to,
} from './config.ts'
export { inLedgersSchema, ledgerModels } from './ledger-models.ts'
export { findConfig, type LoadedMapping, loadMapping, METADATA_FILE, readMetadata, TYPES_FILE } from './load.ts'
export { mapOnto, sqlBackendOf } from './map-onto.ts'
export { type Field, METADATA_VERSION, type Metadata, type Model, type Relation } from './metadata.ts'
export { planNotes } from './notes.ts'
export type { Plan } from './plan.ts'
export { planMapping } from './planner.ts'
export { type Problem, type ProblemCode, problemText } from './problem.ts'
export { proposeConfig } from './propose/code.ts'
export { type InitOptions, initMapping } from './propose/init.ts'
export { type SchemaSqlOptions, schemaSql } from './propose/schema-sql.ts'
export { SOURCE_NAMES, SOURCES, type SourceName } from './sources.ts'
