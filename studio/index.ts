export { openBrowser } from './server/browser.ts'
export {
  type Api,
  type ApiAnswer,
  type EventFeed,
  type Studio,
  type StudioOptions,
  startStudio,
} from './server/studio.ts'
