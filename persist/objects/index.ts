export type { Listed, ObjectStore } from './object-store.ts'
export { openObjects } from './open.ts'
export { absolutePlace, outputUrl, placeWithin, withoutPassword } from './output-url.ts'
