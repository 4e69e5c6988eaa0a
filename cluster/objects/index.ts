export type { Listed, ObjectStore } from './object-store.ts'
export { openObjects } from './open.ts'
