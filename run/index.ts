/** Drives runs: people and days from the simulation, over worker threads, into a store. */

export { DEFAULT_URL, databaseWords, optionWords, quoted, seedWords } from './advice/index.ts'
export { askedRunOf, personOfRow } from './asked.ts'
export {
  type BenchmarkCase,
  type BenchmarkFigure,
  benchmarkCases,
  type Machine,
  machine,
  runBenchmark,
} from './benchmark.ts'
export { raiseCompilerBudget, raiseCompilerBudgetFor } from './compiler-budget.ts'
export { CONTENT_FILES, type ContentFile, contentExample, jsonSchema, type Persona } from './content/index.ts'
export { dealMarkets } from './crew/balance.ts'
export type { Answer, MarketState, MarketTask, Order } from './crew/task.ts'
export { CutOff, isCutOff } from './cut-off.ts'
export type { CommittedDay, DayListener } from './days/committed.ts'
export { digestsOf } from './days/days.ts'
export { digestTexts } from './days/fact-digests.ts'
export { describePerson, type RunSummary, summaryOf } from './describe.ts'
export {
  type Column,
  EXPORT_NAMES,
  EXPORTS,
  type Exported,
  type ExportName,
  type ExportOptions,
  exportRun,
} from './export/index.ts'
export { extensionOf, type LoadedExtension, loadExtension } from './extension/index.ts'
export {
  checkIdWidth,
  checkSpace,
  type Estimate,
  type Estimates,
  type Forecast,
  type FreeBytes,
  forecastRun,
  megabytes,
  type SampleOptions,
  type Space,
} from './forecast/index.ts'
export { checkEngine, chooseRun, configOf, isUnfinished, plannedDays, standing } from './ledger.ts'
export { type MetricLine, metricLines } from './metrics.ts'
export type { RunOptions, RunResult } from './options.ts'
export { type Adopted, type Adoption, adoptPeople } from './people/adopt.ts'
export { populationOf } from './people/population.ts'
export { writeProfiles } from './people/profiles.ts'
export { noSeconds, type Progress, type ProgressListener, type Seconds } from './progress.ts'
export { completeRun, createRun, extendRun, type RunExtension, resumeRun, startRun } from './run.ts'
export { SCENARIOS, type Scenario, scenarioNamed } from './scenarios/index.ts'
export { type Scorecard, type ScorecardOptions, scoreSeeds } from './scorecard.ts'
export { presetNamed } from './settings/presets.ts'
export {
  configFromSettings,
  configuredValues,
  drawSeed,
  type RunSettings,
  setParameter,
  unknownParameter,
} from './settings/settings.ts'
export { forgetSnapshots } from './snapshots/snapshots.ts'
export { RunProgress } from './state.ts'
