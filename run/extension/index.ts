export { type LoadedExtension, loadExtension } from './load.ts'
export { extensionOf, type RecordedExtension, recordedExtension } from './of-run.ts'
