import { type Problem, problem } from '../config/problem.ts'
import type { SourceColumn } from '../config/sources.ts'
import type { Field } from '../metadata/metadata.ts'
import { greatestOf, LIST_TYPES, lengthOf } from '../plan/field-kinds.ts'
import type { PlannedColumn, PlannedTarget, RuleForm } from '../plan/plan.ts'
import { exampleOf } from '../plan/producers.ts'
import { valuesOf } from '../rows/values.ts'

const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['String'],
  json: ['Json', 'String'],
  time: ['DateTime'],
  date: ['DateTime', 'String'],
  float: ['Float', 'Decimal'],
  int: ['Int', 'BigInt', 'Float', 'Decimal', 'Boolean'],
  id: ['String', 'Int', 'BigInt'],
}

/** Values that a field cannot hold. */
export function columnProblems(target: PlannedTarget, column: PlannedColumn): Problem[] {
  const { producer, field } = column
  const says = (code: Problem['code'], message: string, paste: string) => [
    problem(code, target.source, target.model.name, field.name, message, paste),
  ]
  if (field.list) return listProblems(target, column, says)
  if (field.native?.[0] === 'Time' || field.native?.[0] === 'Timetz')
    return says('wrong type', 'the field keeps a time of day, facts have dates', `${field.name} DateTime`)
  if (producer.from === 'constant') {
    const words = enumProblem(column, [producer.value], says, () => `set: { ${field.name}: '${firstOf(column)}' }`)
    return words.length > 0
      ? words
      : keptProblem(column, [producer.value], says, `set: { ${field.name}: ${exampleOf(field)} }`)
  }
  if (producer.from === 'key') return keyProblems(column, says)
  if (producer.from === 'answers')
    return field.type === 'Json' || field.type === 'String'
      ? []
      : says('wrong type', `'answers' holds json, the field is ${field.type}`, `${field.name} Json`)
  if (producer.from !== 'column') return []
  const facts = target.facts.columns[producer.column]!
  if (producer.values) return translationProblems(target, column, facts, says)
  if (field.enum) {
    const words = facts.values ?? []
    if (words.length === 0)
      return says(
        'wrong type',
        `'${producer.column}' is any text, but the field is one of ${field.type}`,
        `set: { ${field.name}: '${firstOf(column)}' }`,
      )
    return enumProblem(column, wanted(target, producer.column, words), says, () =>
      translation(column, producer.column, words),
    )
  }
  if (!TYPES[facts.kind]!.includes(field.type)) {
    const made = { text: "''", json: '{}', time: 'new Date(0)', date: 'new Date(0)', float: '0', int: '0', id: '0' }[
      facts.kind
    ]
    return says(
      'wrong type',
      `'${producer.column}' holds ${facts.kind}, the field is ${field.type}`,
      `set: { ${field.name}: (row) => /* ${field.type} from row.${producer.column} */ ${made} }`,
    )
  }
  return [
    ...lengthProblems(column, facts, producer.column, says),
    ...(facts.nullable && field.required
      ? says(
          'wrong type',
          `'${producer.column}' may be empty, the field is required`,
          `set: { ${field.name}: (row) => row.${producer.column} ?? '' }`,
        )
      : []),
  ]
}

/** PostgreSQL's lists of scalars: from JSON that is a list, or whatever a function makes. */
function listProblems({ facts }: PlannedTarget, { field, producer }: PlannedColumn, says: Says): Problem[] {
  const paste = `set: { ${field.name}: (row) => [/* … */] }`
  if (!field.enum && !LIST_TYPES.has(field.type))
    return says('wrong type', `lists of ${field.type} are not filled`, `leave '${field.name}' out`)
  if (producer.from === 'function' || producer.from === 'returned') return []
  if (producer.from === 'constant')
    return Array.isArray(producer.value)
      ? []
      : says('wrong type', 'the field is a list', `set: { ${field.name}: ['…'] }`)
  if (producer.from !== 'column') return says('wrong type', 'a list holds no keys', paste)
  const { list, kind } = facts.columns[producer.column]!
  if (list && !producer.values && fitsList(list, field)) return []
  const what = list ? `a list of ${list}` : kind
  const split = producer.column === 'seeks' ? `set: { ${field.name}: (row) => row.seeks.split(',') }` : paste
  return says('wrong type', `'${producer.column}' holds ${what}, the field is a list of ${field.type}`, split)
}

function fitsList(list: 'String' | 'Float', { type }: Field): boolean {
  return list === 'String' ? type === 'String' : type === 'Float' || type === 'Decimal'
}

type Says = (code: Problem['code'], message: string, paste: string) => Problem[]

function lengthProblems(column: PlannedColumn, facts: SourceColumn, name: string, says: Says): Problem[] {
  const { field, cut } = column
  const whole = facts.longest ?? (facts.kind === 'json' ? 1000 : undefined)
  const longest = whole === undefined ? undefined : Math.min(whole, cut ?? Number.POSITIVE_INFINITY)
  const length = lengthOf(field)
  if (length !== null && longest !== undefined && longest > length) {
    return says(
      'value too long',
      `'${name}' has up to ${longest} characters, the field takes ${length}`,
      `{ truncate: ['${field.name}'] }`,
    )
  }
  if (facts.greatest === undefined) return []
  const greatest = greatestOf(field)
  if (greatest === null || facts.greatest <= greatest) return []
  return says(
    'value out of range',
    `'${name}' reaches ${facts.greatest}, the field takes ${greatest}`,
    `set: { ${field.name}: (row) => Math.max(${-greatest}, Math.min(${greatest}, row.${name})) },   // or a wider column`,
  )
}

/** Characters of each form of key. */
const KEY_LENGTHS = { uuid: 36, uuid7: 36, cuid: 25, cuid2: 24, ulid: 26, nanoid: 21, hex: 32 } as const

function keyProblems({ field, producer }: PlannedColumn, says: Says): Problem[] {
  if (producer.from !== 'key') return []
  const { rule } = producer
  if (rule.kind === 'table') return []
  const kept = field.type === 'Bytes' ? 'bytes' : field.type === 'String' ? 'text' : 'number'
  const made = rule.kind === 'number' ? 'number' : rule.form === 'hex' ? 'bytes' : 'text'
  // A number is as good as a text.
  if (kept !== made && !(made === 'number' && kept === 'text'))
    return says(
      'wrong type',
      `the row it refers to has a key of ${made}, the field is ${field.type}`,
      `${field.name} ${NAMES[made]}`,
    )
  if (kept === 'bytes') return byteProblems(field, says)
  const long = rule.kind === 'text' ? lengthOfKeyProblems(field, rule, says) : []
  if (long.length > 0) return long
  const greatest = rule.kind === 'number' ? greatestOf(field) : null
  if (greatest !== null) return says('value out of range', `numbers of rows go beyond ${greatest}`, `${field.name} Int`)
  return []
}

/** A key of too many characters for its field; `nanoid(…)` makes them as short as need be. */
export function lengthOfKeyProblems(
  field: Field,
  rule: { readonly form: RuleForm; readonly length?: number | undefined },
  says: Says,
): Problem[] {
  const length = lengthOf(field)
  const needed = rule.length ?? KEY_LENGTHS[rule.form]
  if (length === null || length >= needed) return []
  const message = `the key has ${needed} characters, the field takes ${length}`
  return says(
    'value too long',
    message,
    `{ key: 'nanoid(${Math.min(length, KEY_LENGTHS.nanoid)})' }, or @db.VarChar(${needed})`,
  )
}

const NAMES = { bytes: 'Bytes @db.Binary(16)', text: 'String', number: 'Int' } as const

/** Keys of bytes are uuids of 16, and MySQL's alone. */
function byteProblems(field: Field, says: Says): Problem[] {
  const [type, length] = field.native ?? []
  if ((type === 'Binary' || type === 'VarBinary') && Number(length) === 16) return []
  if (type?.endsWith('Blob')) return []
  const message = 'keys of bytes are uuids in MySQL: 16 bytes'
  return says('wrong type', message, `${field.name} Bytes @db.Binary(16), or String @db.Uuid`)
}

function wanted(target: PlannedTarget, column: string, words: readonly string[]): readonly string[] {
  const only = (target.target.options.where as Record<string, unknown> | undefined)?.[column]
  return only === undefined ? words : words.filter((word) => [only].flat().includes(word))
}

function enumProblem(column: PlannedColumn, words: readonly unknown[], says: Says, paste: () => string): Problem[] {
  const { enumValues, field } = column
  if (!enumValues) return []
  const missing = words.filter((word) => word !== null && !(String(word) in enumValues)).map((word) => `'${word}'`)
  if (missing.length === 0) return []
  return says(
    'partial enum',
    `${field.type} has no ${missing.join(', ')}; it has ${Object.keys(enumValues).join(', ')}`,
    paste(),
  )
}

function translationProblems(target: PlannedTarget, column: PlannedColumn, facts: SourceColumn, says: Says): Problem[] {
  if (column.producer.from !== 'column') return []
  const { column: name, values } = column.producer
  const words = wanted(target, name, facts.values ?? (name === 'liked' ? ['0', '1'] : []))
  const missing = words.filter((word) => !values!.has(word)).map((word) => `'${word}'`)
  if (missing.length > 0)
    return says('partial enum', `nothing is said for ${missing.join(', ')}`, translation(column, name, words))
  const made = [...values!.values()]
  const enums = enumProblem(column, made, says, () => translation(column, name, words))
  return enums.length > 0 ? enums : keptProblem(column, made, says, translation(column, name, words))
}

/** Values that the mapping gives, and that the field would keep as others. */
function keptProblem(column: PlannedColumn, values: readonly unknown[], says: Says, paste: string): Problem[] {
  try {
    valuesOf(column, values.length, (i) => values[i])
    return []
  } catch (error) {
    const [, message] = /(cannot hold .*)/s.exec((error as Error).message) ?? []
    return says('wrong type', `the field ${message ?? (error as Error).message}`, paste)
  }
}

function translation(column: PlannedColumn, name: string, words: readonly string[]): string {
  const { enumValues, field, producer } = column
  const given = producer.from === 'column' ? producer.values : null
  const known = Object.keys(enumValues ?? {})
  const told = (word: string) => {
    const now = given?.get(word)
    const fits = now !== undefined && (!enumValues || String(now) in enumValues)
    return fits ? now : enumValues && word in enumValues ? word : undefined
  }
  // Words that nothing is known of get values that no other word has, as long as there are such.
  const free = known.filter((value) => !words.some((word) => told(word) === value))
  const pairs = words.map((word) => {
    const found = told(word) ?? free.shift()
    const now = found ?? known.at(-1) ?? '…'
    const others = found === undefined && known.length > 0 ? ` /* one of ${known.join(' | ')} */` : ''
    return `${isName(word) ? word : textCode(word)}: ${typeof now === 'string' ? textCode(now) : String(now)}${others}`
  })
  return `${name}: as('${field.name}', { ${pairs.join(', ')} }),`
}

/** Whether a word can be a key of an object as it stands. */
function isName(word: string): boolean {
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d*)$/.test(word)
}

function textCode(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`
}

function firstOf({ enumValues }: PlannedColumn): string {
  return Object.keys(enumValues ?? {})[0] ?? '…'
}
