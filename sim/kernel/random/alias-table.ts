import { badInput } from '../error.ts'
import type { Stream } from './stream.ts'

/**
 * Weighted choice in constant time: Vose, "A linear algorithm for generating random numbers with a given distribution"
 * (IEEE Transactions on Software Engineering 17, 1991). The table is built in index order, so equal weights give equal
 * tables everywhere.
 */
export class AliasTable {
  readonly size: number
  /** Chance that column i stays with i, times 2³². */
  readonly #stay: Float64Array
  readonly #alias: Int32Array

  /** @param weights at least one, finite, none negative, not all 0; they need not add up to 1 */
  constructor(weights: ArrayLike<number>) {
    const size = weights.length
    let total = 0
    for (let i = 0; i < size; i++) {
      const weight = weights[i]!
      if (!(weight >= 0 && weight < Infinity)) {
        throw badInput(`weight ${i} is ${weight}: weights are finite and not negative`)
      }
      total += weight
    }
    if (!(total > 0 && total < Infinity)) throw badInput(`the ${size} weights add up to ${total}, not above 0`)
    this.size = size
    this.#stay = new Float64Array(size)
    this.#alias = new Int32Array(size)
    this.#fill(weights, size / total)
  }

  /** An index, 0 ≤ i < size, with probability weights[i] / total (to 2⁻³²). Two draws. */
  draw(stream: Stream): number {
    const column = stream.nextInt(this.size)
    return stream.nextUint32() < this.#stay[column]! ? column : this.#alias[column]!
  }

  #fill(weights: ArrayLike<number>, scale: number): void {
    const { size } = this
    const stay = this.#stay
    const poor: number[] = []
    const rich: number[] = []
    for (let i = 0; i < size; i++) {
      stay[i] = weights[i]! * scale
      this.#alias[i] = i
      if (stay[i]! < 1) poor.push(i)
      else rich.push(i)
    }
    while (poor.length > 0 && rich.length > 0) {
      const low = poor.pop()!
      const high = rich[rich.length - 1]!
      this.#alias[low] = high
      stay[high] = stay[high]! + stay[low]! - 1
      if (stay[high]! < 1) {
        rich.pop()
        poor.push(high)
      }
    }
    // Rounding may leave some of either: they are full columns, but for weight 0.
    for (const i of rich) stay[i] = 1
    for (const i of poor) if (weights[i]! > 0) stay[i] = 1
    for (let i = 0; i < size; i++) stay[i] = stay[i]! * 4294967296
  }
}
