import { type Term, totalOf } from '../agents/index.ts'
import { log } from '../kernel/index.ts'

/** What one term would have had to be, all others as they were, for the outcome to be the other one. */
export interface Change {
  readonly term: string
  readonly from: number
  readonly to: number
  /** Whether it can be that, within the term's range. */
  readonly possible: boolean
}

/**
 * Each term's value at which the probability meets the draw: beyond it the outcome changes. The total is linear in
 * every term, so two evaluations tell its slope.
 */
export function changesOf(terms: readonly Term[], link: 'identity' | 'logistic', draw: number): Change[] {
  const target = link === 'identity' ? draw : log(draw / (1 - draw))
  const changes: Change[] = []
  const open = terms.filter(({ effect }) => effect !== 'at most')
  terms.forEach((term) => {
    if (term.effect === 'at most') return
    const [low, high] = term.range
    if (low === high) return
    const to = valueFor(open, term, target)
    if (to === null) return
    const cap = terms.find(({ effect }) => effect === 'at most')
    const possible = to >= (low ?? -Infinity) && to <= (high ?? Infinity) && (cap === undefined || target < cap.value)
    changes.push({ term: term.name, from: term.value, to, possible })
  })
  return changes
}

function valueFor(terms: readonly Term[], changed: Term, target: number): number | null {
  const totalWith = (value: number) => totalOf(terms.map((term) => (term === changed ? { ...term, value } : term)))
  if (changed.effect === 'over') {
    const undivided = totalWith(1)
    return target > 0 ? undivided / target : null
  }
  const at0 = totalWith(0)
  const slope = totalWith(1) - at0
  return slope === 0 ? null : (target - at0) / slope
}
