export { serveGenerator } from './generator.ts'
