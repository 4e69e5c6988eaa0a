/** How far the clock is put on between two calls, in ms: more than a day, so that times of day and dates differ too. */
const LATER = 100_000_007

/**
 * Whether a function gives two results for one row, when it is asked twice at different times.
 * @param row makes the row anew
 */
export function givesOthers(make: (row: never) => unknown, row: () => unknown): boolean {
  return told(make(row() as never)) !== later(() => told(make(row() as never)))
}

/** Calls a function as if it were later. */
function later<T>(call: () => T): T {
  const Clock = globalThis.Date
  const now = Clock.now() + LATER
  class Later extends Clock {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [now] : given) as [number]))
    }

    static override now(): number {
      return now
    }
  }
  globalThis.Date = Later as DateConstructor
  try {
    return call()
  } finally {
    globalThis.Date = Clock
  }
}

function told(value: unknown): string {
  return JSON.stringify(value, (_, given) => (typeof given === 'bigint' ? `${given}n` : given)) ?? String(value)
}
