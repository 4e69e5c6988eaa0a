export { type Experiments, type Sources, studioApi } from './database/api.ts'
export { experimentsBelow } from './database/experiments.ts'
export { type Ledger, type LedgerDay, type LedgerRun, openRun, type RunLine, runLines } from './database/source.ts'
export { openBrowser } from './server/browser.ts'
export {
  type Api,
  type ApiAnswer,
  type EventFeed,
  type Studio,
  type StudioOptions,
  startStudio,
} from './server/studio.ts'
export { followLedger } from './watch/follow-ledger.ts'
export { sparkline } from './watch/sparkline.ts'
export { TerminalView, terminalLines } from './watch/terminal.ts'
export { WatchLog } from './watch/watched.ts'
