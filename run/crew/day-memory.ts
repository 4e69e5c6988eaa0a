import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { MarketDay } from '../../sim/index.ts'

/** The memory behind views, each block once. */
export function buffersOf(views: readonly unknown[]): ArrayBuffer[] {
  const buffers = views.flatMap((view) => (ArrayBuffer.isView(view) ? [view.buffer] : []))
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer)
}

/** The memory of the columns of days that `runDay` gave: each has its own. */
export function memoryOf(markets: readonly MarketDay[]): ArrayBuffer[] {
  return buffersOf(
    markets.flatMap(({ order, digests, tables }) => [order, digests, ...Object.values(tables).flatMap(Object.values)]),
  )
}

/** A port that nobody listens to: what is posted there is gone, and with it the memory that moves along. */
let nowhere: MessagePort | undefined

/**
 * Gives the memory of days that are done back at once; their columns are empty afterwards. The collector would come for
 * them only when it clears the old generation, 50 MB of days later at 1,000 people.
 */
export function giveBack(markets: readonly MarketDay[]): void {
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel()
    port2.close()
    nowhere = port1
  }
  nowhere.postMessage(null, memoryOf(markets))
}
