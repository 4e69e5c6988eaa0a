import { MingleError } from './error.ts'
import type { EventHandler } from './event-handler.ts'

/**
 * Stands between the loop and a handler and counts the events of one time, so that the loop itself pays nothing where
 * no limit was asked for.
 */
export class MomentGuard implements EventHandler {
  readonly #handler: EventHandler
  readonly #most: number
  #time = Number.NaN
  #events = 0

  constructor(handler: EventHandler, most: number) {
    this.#handler = handler
    this.#most = most
  }

  handle(kind: number, agent: number, a: number, b: number, time: number): void {
    if (time !== this.#time) {
      this.#time = time
      this.#events = 0
    }
    if (++this.#events > this.#most) {
      throw new MingleError(
        'ENDLESS_MOMENT',
        `more than ${this.#most} events ran at time ${time}, the last of kind ${kind} for agent ${agent}: ` +
          'events that schedule each other without delay never let the clock go on; give them a delay, or raise maxEventsAtOnce',
      )
    }
    this.#handler.handle(kind, agent, a, b, time)
  }
}
