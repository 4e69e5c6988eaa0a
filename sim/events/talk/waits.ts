import { exp, log, normalQuantile, type Stream } from '../../kernel/index.ts'

const CELLS = 1024

/**
 * Waiting times by quantile: a table of 1,024 equally likely waits, so that a draw in the loop is one random number
 * and one load. Lognormal with the given median and log standard deviation; with a deviation of 0 exponential with that
 * median (the null population's waits).
 */
export class Waits {
  private readonly table = new Float64Array(CELLS)

  constructor(medianMs: number, sigma: number, shortestMs = 1) {
    for (let cell = 0; cell < CELLS; cell++) {
      const p = (cell + 0.5) / CELLS
      const factor = sigma > 0 ? exp(sigma * normalQuantile(p)) : -log(1 - p) / log(2)
      this.table[cell] = Math.max(shortestMs, Math.round(medianMs * factor))
    }
  }

  /** Whole ms. One draw. */
  draw(stream: Stream): number {
    return this.of(stream.nextInt32())
  }

  /** The wait that 32 random bits stand for, by their upper ten; the other 22 are free for something else. */
  of(bits: number): number {
    return this.table[bits >>> 22]!
  }
}
