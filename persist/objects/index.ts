export type { Listed, ObjectStore } from './object-store.ts'
export { isPostgres, openObjects } from './open.ts'
export { absolutePlace, outputUrl, placeWithin, withoutPassword } from './output-url.ts'
