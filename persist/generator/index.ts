export { serveGenerator, writeMetadata } from './generator.ts'
