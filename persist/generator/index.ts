export { serveGenerator, TYPES_FILE, writeMetadata } from './generator.ts'
