/** How a term enters what it belongs to, in the order of the terms. */
export type TermEffect = 'plus' | 'times' | 'over' | 'at most'

/** One term of a probability, as the engine computed it. */
export interface Term {
  readonly name: string
  readonly effect: TermEffect
  readonly value: number
  /** The least and the most that it can be for anybody, given the parameters; null: without a bound. */
  readonly range: readonly [number | null, number | null]
  /** What it was computed from: traits, shares, kilometres, counts. */
  readonly inputs: Readonly<Record<string, number | string | boolean>>
}

/** What the terms amount to, before a link such as the logistic function. */
export function totalOf(terms: readonly Term[]): number {
  let total = 0
  for (const { effect, value } of terms) {
    if (effect === 'plus') total += value
    else if (effect === 'times') total *= value
    else if (effect === 'over') total /= value
    else total = Math.min(total, value)
  }
  return total
}
