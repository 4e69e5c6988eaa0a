import type { Space } from '../config/sources.ts'
import type { KeyRule } from './plan.ts'

/** A rule in words: two that give the same keys have the same name. */
export function ruleName(rule: KeyRule, space: Space): string {
  switch (rule.kind) {
    case 'number':
      return `${space} number ${rule.stride} ${rule.lane}`
    case 'text':
      return `${space} text ${rule.form} ${rule.lane} ${rule.table}`
    case 'table':
      return `${space} table`
    default:
      return rule satisfies never
  }
}

/** Whether a number is its own key. */
export function isPlainNumber(rule: KeyRule): boolean {
  return rule.kind === 'number' && rule.stride === 1 && rule.lane === 0
}

/**
 * Keys of people whom no run made and a run adopted: by the rule that such keys have in the name of which model, then by the
 * number that stands for the person. Kept with the segment that adopted them.
 */
export type AdoptedKeys = Readonly<Record<string, Readonly<Record<string, string | number>>>>

/** Of all segments. */
export function adoptedKeys(
  segments: readonly { readonly inputs: string }[],
): ReadonlyMap<string, ReadonlyMap<number, string | number>> {
  const all = new Map<string, Map<number, string | number>>()
  for (const { inputs } of segments) {
    const { keys = {} } = JSON.parse(inputs) as { readonly keys?: AdoptedKeys }
    for (const [rule, byNumber] of Object.entries(keys)) {
      const known = all.get(rule) ?? new Map<number, string | number>()
      for (const [number, key] of Object.entries(byNumber)) known.set(Number(number), key)
      all.set(rule, known)
    }
  }
  return all
}
