import { badInput } from '../../../sim/kernel/index.ts'
import type { Field } from '../metadata/metadata.ts'

/**
 * PostgreSQL's lists as its array literals, `{1,2}` and `{"a","b"}`: COPY and bound parameters take both alike.
 * @param spell an element as the column keeps it; null is an element that is missing
 */
export function listLiteral(value: unknown, field: Field, spell: (element: unknown) => string | null): string {
  const elements = typeof value === 'string' ? parsed(value, field) : value
  if (!Array.isArray(elements)) throw badInput(`${field.name} is a list, got ${JSON.stringify(value)}`)
  return literal(elements.map(spell), field)
}

/** A literal as the server spells it, as ours. */
export function canonicalList(text: string, field: Field): string {
  return literal(
    elementsOf(text).map((element) => (element === null ? null : plainElement(element, field))),
    field,
  )
}

/** Numbers as JavaScript spells them, truth values as `true` and `false`. */
export function plainElement(element: unknown, { type, name }: Field): string {
  if (type === 'Boolean')
    return element === true || element === 1 || element === 't' || element === 'true' ? 'true' : 'false'
  if (type === 'BigInt' && typeof element !== 'number') return BigInt(element as string).toString()
  if (!NUMBERS.has(type)) return String(element)
  const number = Number(element)
  if (Number.isNaN(number)) throw badInput(`${name} (${type}[]) cannot hold ${JSON.stringify(element)}`)
  return String(number)
}

const NUMBERS: ReadonlySet<string> = new Set(['Int', 'BigInt', 'Float', 'Decimal'])

function literal(elements: readonly (string | null)[], { type }: Field): string {
  const bare = NUMBERS.has(type) || type === 'Boolean'
  const spelled = elements.map((element) => {
    if (element === null) return 'NULL'
    return bare ? element : `"${element.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${spelled.join(',')}}`
}

function parsed(text: string, field: Field): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badInput(`${field.name} is a list, got the text ${JSON.stringify(text)}; split it with a function`)
  }
}

/** The elements of a literal of one dimension. */
function elementsOf(text: string): (string | null)[] {
  const elements: (string | null)[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(pattern)) {
    if (quoted !== undefined) elements.push(quoted.replaceAll(/\\(.)/gs, '$1'))
    else elements.push(bare === 'NULL' ? null : bare!)
  }
  return elements
}
