import { CHOICE, type Destination, type Mapped, type MingleConfig, type Target } from './config.ts'
import { type Problem, problem } from './problem.ts'
import type { SourceName } from './sources.ts'

/** The configuration with every marked value as if it had been chosen, and one problem for each. */
export function withoutChoices(config: MingleConfig): { readonly config: MingleConfig; readonly problems: Problem[] } {
  const problems: Problem[] = []
  const target = (source: string, given: Target): Target => {
    const note = (field: string, word: string | null, value: unknown) => {
      const shown = codeOf(value)
      const message =
        word === null
          ? `'mingle init' does not know what belongs there, and wrote ${shown}`
          : `'mingle init' found no word of yours for '${word}', and wrote ${shown}`
      const paste = `${word ?? field}: ${shown},   // without choose(), or a value of your own`
      problems.push(problem('placeholder', source, given.model, field, message, paste))
    }
    const fields = mapped(given.fields, (goal) =>
      Array.isArray(goal) ? goal.map((each) => settled(each, note)) : settled(goal as Destination, note),
    )
    const { set } = given.options
    if (!set) return { ...given, fields }
    const constants = chosen(set as Record<string, unknown>, (name, value) => note(name, null, value))
    return { ...given, fields, options: { ...given.options, set: constants } }
  }
  const map = Object.fromEntries(
    Object.entries(config.map).map(([source, goal]) => {
      const one = (each: Mapped<SourceName>) => ('model' in each ? target(source, each) : each)
      return [source, Array.isArray(goal) ? goal.map(one) : one(goal as Mapped<SourceName>)]
    }),
  )
  return problems.length === 0 ? { config, problems } : { config: { ...config, map }, problems }
}

type Note = (field: string, word: string | null, value: unknown) => void

function settled(destination: Destination, note: Note): Destination {
  if (typeof destination === 'string' || !('values' in destination) || !destination.values) return destination
  const { field } = destination
  const values = chosen(destination.values, (word, value) => note(field, word, value))
  return { ...destination, values } as Destination
}

function chosen(values: Readonly<Record<string, unknown>>, note: (name: string, value: unknown) => void) {
  return mapped(values, (value, name) => {
    if (value === null || typeof value !== 'object' || !(CHOICE in value)) return value
    note(name, value[CHOICE])
    return value[CHOICE]
  })
}

function codeOf(value: unknown): string {
  if (value instanceof Date) return `new Date('${value.toISOString()}')`
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function mapped<T, U>(object: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))
}
