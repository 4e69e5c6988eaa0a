import type { PlannedTarget } from './plan.ts'

/** The fields that tell lookup rows apart: as the mapping says, else those mapped from a natural key of the fact. */
export function matchFields({ target, all, facts }: PlannedTarget): string[] {
  const fieldOf = (name: string) => all.find(({ field }) => field.name === name)?.field.column
  if (target.options.match) return [fieldOf(target.options.match) ?? target.options.match]
  for (const columns of facts.keys) {
    if (columns[0] === 'id') continue
    const fields = columns.map((name) =>
      all.find(({ producer }) =>
        'column' in producer ? producer.column === name : producer.from === 'key' && producer.columns[0] === name,
      ),
    )
    if (fields.every((column) => column !== undefined)) return fields.map((column) => column!.field.column)
  }
  return []
}
