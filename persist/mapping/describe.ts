import type { Plan } from './plan.ts'
import { SOURCE_NAMES, sourceOf } from './sources.ts'

/** What a mapping leaves of the facts, in words: for commands that want the reference schema. */
export function keptFacts({ targets, lookups }: Plan): { readonly kept: string[]; readonly skipped: string[] } {
  const mapped = new Set<string>([...lookups.keys(), ...targets.map(({ source }) => source)])
  const tables = new Set(targets.map(({ facts }) => facts.table))
  const kept = SOURCE_NAMES.filter((name) => mapped.has(name))
  return { kept, skipped: SOURCE_NAMES.filter((name) => !mapped.has(name) && !tables.has(sourceOf(name).table)) }
}
