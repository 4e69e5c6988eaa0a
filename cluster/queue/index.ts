export { type Coordinated, type CoordinateOptions, coordinate, type FailedTask } from './coordinate.ts'
export { QueuePool, type QueuePoolOptions } from './queue-pool.ts'
export { type QueueStatus, queueStatus, type RunStatus } from './status.ts'
export { type WorkerOptions, type WorkerResult, workOn } from './worker.ts'
