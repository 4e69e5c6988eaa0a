export { mapOnto, sqlBackendOf } from './backend/map-onto.ts'
export { checkPlan } from './check/checks.ts'
export { liveFindings } from './check/live.ts'
export { planNotes } from './check/notes.ts'
export { namesOthers, refuseAllProblems, refuseProblems, withFactsOf, withOwnFacts } from './check/own-facts.ts'
export {
  answersAs,
  as,
  choose,
  type Destination,
  defineConfig,
  find,
  keyOf,
  link,
  type MappedModels,
  type MingleConfig,
  rows,
  type SiteConfig,
  type SourceRow,
  skip,
  type Target,
  type TargetOptions,
  to,
} from './config/config.ts'
export { findConfig } from './config/find-config.ts'
export type { HookCall, JobHook, JobHooks } from './config/job-hooks.ts'
export { type Problem, type ProblemCode, problemText } from './config/problem.ts'
export { DERIVED_NAMES, SOURCE_NAMES, SOURCES, type SourceName, sourcesOfTable } from './config/sources.ts'
export {
  type ConfiguredParameters,
  type LoadedConfig,
  type LoadedMapping,
  loadMapping,
  loadParameters,
  loadSiteConfig,
} from './load.ts'
export { inLedgersSchema, ledgerModels } from './metadata/ledger-models.ts'
export { type Field, METADATA_VERSION, type Metadata, type Model, type Relation } from './metadata/metadata.ts'
export { METADATA_FILE, readMetadata, TYPES_FILE } from './metadata/read-metadata.ts'
export { derivedTarget } from './plan/derived.ts'
export type { Plan } from './plan/plan.ts'
export { planMapping } from './plan/planner.ts'
export { proposeConfig } from './propose/code.ts'
export { type InitOptions, initMapping } from './propose/init.ts'
export { ledgerSql, type SchemaSqlOptions, schemaSql } from './propose/schema-sql.ts'
export { inPlace, siteUrl } from './propose/site/site-url.ts'
export { openSite } from './site/open-site.ts'
export type { Site, SiteStep } from './site/site.ts'
export type { SqlTables } from './site/staged-tables.ts'
export { asKept } from './sql/integer-times.ts'
export { makeTrialSite } from './trial/trial-site.ts'
