import { uniquesOf } from '../metadata/metadata.ts'
import type { PlannedTarget } from './plan.ts'

/**
 * The columns that tell lookup rows apart: as the mapping says; else a unique of the model that holds a natural key of the
 * fact, with the row it belongs to where the unique has that too; else what is mapped from a natural key.
 */
export function matchFields({ target, all, facts, model }: PlannedTarget): string[] {
  const { match } = target.options
  if (match) {
    const named = Array.isArray(match) ? (match as readonly string[]) : [match as string]
    return named.map((name) => model.fields.find((field) => field.name === name)?.column ?? name)
  }
  const column = (name: string) =>
    all.find(({ producer }) => {
      if (producer.from === 'key') return producer.columns[0] === name
      return 'column' in producer && producer.column === name
    })
  const keys = facts.keys
    .filter(([first]) => first !== 'id')
    .map((key) => key.map(column))
    .filter((fields) => fields.every((field) => field !== undefined))
    .map((fields) => fields.map((field) => field!.field))
  for (const key of keys) {
    const holding = uniquesOf(model).filter((unique) => key.every(({ name }) => unique.includes(name)))
    const mapped = holding
      .map((unique) => unique.map((name) => all.find(({ field }) => field.name === name)?.field.column))
      .filter((fields) => fields.every((name) => name !== undefined))
      .sort((a, b) => a.length - b.length)
    if (mapped[0]) return mapped[0] as string[]
  }
  return keys[0]?.map((field) => field.column) ?? []
}
