/**
 * Turns the first Ctrl-C (or SIGTERM) into a request to stop after the commit that is under way, and the second into
 * an immediate end with exit code 130.
 */
export class Interrupt {
  private readonly controller = new AbortController()
  private readonly onFirst: () => void

  /** @param onFirst called once, at the first Ctrl-C */
  constructor(onFirst: () => void) {
    this.onFirst = onFirst
    process.on('SIGINT', this.handle)
    process.on('SIGTERM', this.handle)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  release(): void {
    process.off('SIGINT', this.handle)
    process.off('SIGTERM', this.handle)
  }

  private readonly handle = (): void => {
    if (this.controller.signal.aborted) process.exit(130)
    this.controller.abort()
    this.onFirst()
  }
}

/** Waits for the first Ctrl-C (or SIGTERM). */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      process.off('SIGINT', end)
      process.off('SIGTERM', end)
      resolve()
    }
    process.on('SIGINT', end)
    process.on('SIGTERM', end)
  })
}
