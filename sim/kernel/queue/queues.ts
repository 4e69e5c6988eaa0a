import { badInput } from '../error.ts'
import { CalendarQueue } from './calendar-queue.ts'
import type { EventQueue } from './event-queue.ts'
import type { EventTable } from './event-table.ts'
import { HeapQueue } from './heap-queue.ts'
import { TinyQueueQueue } from './tinyqueue-queue.ts'

/** The queues a simulation can run on. All give the same run; they differ in speed. */
export const QUEUE_NAMES = ['calendar', 'heap', 'tinyqueue'] as const
export type QueueName = (typeof QUEUE_NAMES)[number]
export const DEFAULT_QUEUE: QueueName = 'calendar'

/** A new queue over the slots of `table`. Throws `BAD_INPUT` for a name that is not in `QUEUE_NAMES`. */
export function createQueue(name: QueueName, table: EventTable): EventQueue {
  switch (name) {
    case 'calendar':
      return new CalendarQueue(table)
    case 'heap':
      return new HeapQueue(table)
    case 'tinyqueue':
      return new TinyQueueQueue(table)
    default: {
      const unknown: never = name
      throw badInput(`there is no queue "${unknown}"; choose one of ${QUEUE_NAMES.join(', ')}`)
    }
  }
}
