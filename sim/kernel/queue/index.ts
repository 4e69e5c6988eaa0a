export type { EventQueue } from './event-queue.ts'
export { A, AGENT, B, type EventHandle, EventTable, SLOT_DOUBLES, SLOT_WORDS } from './event-table.ts'
export { createQueue, DEFAULT_QUEUE, QUEUE_NAMES, type QueueName } from './queues.ts'
