/** Experiments: what they run, on worker threads, and the folders that remember. */
export { ExperimentFolder, type Plan } from './folder/folder.ts'
export { writeParquet } from './folder/parquet.ts'
export { Laboratory, type LaboratoryOptions } from './laboratory.ts'
export type { Done, TaskPool } from './pool/task-pool.ts'
export * from './statistics/index.ts'
export * from './studies/index.ts'
