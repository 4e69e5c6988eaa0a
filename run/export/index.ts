/** Tables for learning and analysis. */
export { type Column, EXPORT_NAMES, EXPORTS, type ExportName } from './dictionary.ts'
export { type Exported, type ExportOptions, exportRun } from './export.ts'
