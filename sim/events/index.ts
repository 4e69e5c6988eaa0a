export { Dispatch } from './dispatch.ts'
export { Kind, Priority } from './kinds.ts'
export { beginLife } from './lifecycle.ts'
export { Site } from './site.ts'
