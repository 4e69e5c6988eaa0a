export type { EventQueue } from './event-queue.ts'
export { type EventHandle, EventTable } from './event-table.ts'
export { createQueue, DEFAULT_QUEUE, QUEUE_NAMES, type QueueName } from './queues.ts'
