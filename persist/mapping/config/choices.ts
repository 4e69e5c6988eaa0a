import { CHOICE, type Destination, type FactMap, type Mapped, type MingleConfig, type Target } from './config.ts'
import { type Problem, problem } from './problem.ts'
import type { SourceName } from './sources.ts'

/** The configuration with every marked value as if it had been chosen, and one problem for each. */
export function withoutChoices(config: MingleConfig): { readonly config: MingleConfig; readonly problems: Problem[] } {
  const problems: Problem[] = []
  const told = new Map<object, number>()
  const target = (source: string, given: Target): Target => {
    const note = (field: string, word: string | null, value: unknown, mark: object) => {
      // A constant of the file that stands in many places is chosen once.
      const before = told.get(mark)
      if (before !== undefined) {
        const { message, ...rest } = problems[before]!
        problems[before] = {
          ...rest,
          message: `${message.replace(/, also in .*/s, '')}, also in ${again(message, given.model)}`,
        }
        return
      }
      told.set(mark, problems.length)
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
    const constants = chosen(set as Record<string, unknown>, (name, value, mark) => note(name, null, value, mark))
    return { ...given, fields, options: { ...given.options, set: constants } }
  }
  const map = Object.fromEntries(
    Object.entries(config.map).flatMap(([source, goal]) => {
      if (goal === undefined) return []
      const one = (each: Mapped<SourceName>) => {
        if (!isMarked(each)) return 'model' in each ? target(source, each) : each
        const doubtful = each[CHOICE] as Target
        const message = `'mingle init' is not sure that these are ${doubtful.model}'s rows`
        const paste = `${source}: to('${doubtful.model}', …) without the choose() around it, or skip()`
        problems.push(problem('placeholder', source, doubtful.model, null, message, paste))
        return target(source, doubtful)
      }
      return [[source, Array.isArray(goal) ? goal.map(one) : one(goal as Mapped<SourceName>)] as const]
    }),
  )
  return problems.length === 0 ? { config, problems } : { config: { ...config, map: map as FactMap }, problems }
}

type Note = (field: string, word: string | null, value: unknown, mark: object) => void

function settled(destination: Destination, note: Note): Destination {
  if (typeof destination === 'string' || !('values' in destination) || !destination.values) return destination
  const { field } = destination
  const values = chosen(destination.values, (word, value, mark) => note(field, word, value, mark))
  return { ...destination, values } as Destination
}

function chosen(values: Readonly<Record<string, unknown>>, note: (name: string, value: unknown, mark: object) => void) {
  return mapped(values, (value, name) => {
    if (!isMarked(value)) return value
    note(name, value[CHOICE], value)
    return value[CHOICE]
  })
}

function isMarked(value: unknown): value is { readonly [CHOICE]: unknown } {
  return typeof value === 'object' && value !== null && CHOICE in value
}

/** The models in which a constant stands besides the first, with one more. */
function again(message: string, model: string): string {
  const others = /, also in (.*)/s.exec(message)?.[1]?.split(', ') ?? []
  return [...new Set([...others, model])].join(', ')
}

function codeOf(value: unknown): string {
  if (value instanceof Date) return `new Date('${value.toISOString()}')`
  if (value instanceof Uint8Array) return `new Uint8Array([${value.join(', ')}])`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function mapped<T, U>(object: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))
}
