import { type SourceName, type Space, sourceOf } from '../config/sources.ts'
import { type Field, hasDatabaseDefault, type Metadata, type Model, referenceOf } from '../metadata/metadata.ts'
import { lengthOf } from '../plan/field-kinds.ts'
import { type Guess, guessModels, references } from './models.ts'
import { FIELD_WORDS, plainName, VALUE_WORDS } from './words.ts'

const ORDER: readonly SourceName[] = [
  'user',
  'profile',
  'picture',
  'interest',
  'user_interest',
  'quiz_answer',
  'session',
  'post',
  'post_picture',
  'feed_seen',
  'liked_post',
  'profile_view',
  'like',
  'match',
  'message',
]

/** Columns whose values are few words. */
const WORDED = { gender: true, intent: true, action: true } as const

/** A mapping as code: what could be guessed, and a comment where a choice is the user's. */
export function proposeConfig(metadata: Metadata, schemaFolder: string): string {
  const guess = guessModels(metadata)
  const used = new Set<string>(['defineConfig'])
  const entries = ORDER.map((source) => {
    const found = guess.get(source)
    if (!found) {
      used.add('skip')
      return `    ${source}: skip(), // no model was recognised\n`
    }
    if (found.relation) {
      used.add('link')
      return `    ${source}: link('${found.model.name}.${found.relation.field}'),\n`
    }
    used.add('to')
    const main = target(source, found.model, guess, metadata, used)
    const seats = source === 'match' ? seatsOf(found.model, guess, metadata) : []
    return seats.length > 0
      ? `    ${source}: [\n      ${[main, ...seats].join(',\n      ')},\n    ],\n`
      : `    ${source}: ${main},\n`
  })
  return [
    `/// <reference path="${schemaFolder}/mingle.d.ts" />`,
    `import { ${[...used].sort().join(', ')} } from 'mingle'`,
    '',
    "// Proposed by 'mingle init' from the names in the schema: edit it, then run 'mingle check'.",
    ...(used.has('choose')
      ? ["// choose(…) is a placeholder: put a value of your own there, or the same one without 'choose'."]
      : []),
    'export default defineConfig({',
    `  schema: '${schemaFolder}',`,
    '  map: {',
    ...entries.map((entry) => entry.trimEnd()),
    '  },',
    '})',
    '',
  ].join('\n')
}

function target(source: SourceName, model: Model, guess: Guess, metadata: Metadata, used: Set<string>): string {
  const facts = sourceOf(source)
  const free = new Set(model.fields.filter(({ updatedAt }) => !updatedAt))
  const lines: string[] = []
  const cut: string[] = []
  const take = (column: string, field: Field) => {
    free.delete(field)
    if ((facts.columns[column]!.longest ?? 0) > (lengthOf(field) ?? Infinity)) cut.push(`'${field.name}'`)
    lines.push(`${column}: ${destination(source, column, field, metadata, used)},`)
  }
  if (facts.space !== null && facts.own[0] === 'id' && model.primaryKey.length === 1) {
    const key = [...free].find(({ name }) => name === model.primaryKey[0])
    if (key && !referenceOf(model, key.name)) take('id', key)
  }
  for (const [column, { space }] of Object.entries(facts.columns)) {
    if (!space || column === 'id' || column.startsWith('low_') || column.startsWith('high_')) continue
    const models = modelsOf(space, guess)
    const fields = [...free].filter(({ name }) => models.includes(referenceOf(model, name)?.model ?? ''))
    const field = fields.find(({ name }) => sides(column, name)) ?? (column === 'recipient_id' ? undefined : fields[0])
    if (field) take(column, field)
  }
  for (const [column, { space, kind }] of Object.entries(facts.columns)) {
    const words = FIELD_WORDS[column]
    if (space || !words || lines.some((line) => line.startsWith(`${column}:`))) continue
    const field = words
      .map((word) =>
        [...free].find((candidate) => plainName(candidate.name) === plainName(word) && fits(kind, candidate, column)),
      )
      .find((candidate) => candidate !== undefined)
    if (field) take(column, field)
  }
  // A name may say nothing where the words of an enum do.
  for (const [column, { values }] of Object.entries(facts.columns)) {
    if (!values || !(column in WORDED) || lines.some((line) => line.startsWith(`${column}:`))) continue
    const field = [...free].find(
      (candidate) => candidate.enum && values.some((value) => wordFor(value, candidate, metadata)),
    )
    if (field) take(column, field)
  }
  for (const column of Object.keys(facts.columns)) {
    const lone = LONE[column]
    if (!lone || ABOUT_PEOPLE.has(source) || lines.some((line) => line.startsWith(`${column}:`))) continue
    const fields = [...free].filter((field) => field.type === lone && isPlain(model, field))
    const now = [...free].filter((field) => field.type === lone && isPlain(model, { ...field, default: null }))
    if (fields.length === 1 && !LATER.test(fields[0]!.name)) take(column, fields[0]!)
    // A time that the database would set when the row is made is when it was made, unless its name says otherwise.
    else if (now.length === 1 && now[0]!.default === 'now' && !AGAIN.test(now[0]!.name)) take(column, now[0]!)
  }
  const rest = [...free].filter(
    (field) => field.required && !field.list && !hasDatabaseDefault(field) && !generated(model, field),
  )
  if (rest.length > 0) used.add('choose')
  const set = rest.map((field) => `${field.name}: choose(${placeholder(source, model, field, metadata)})`)
  const words = [
    ...(set.length > 0 ? [`set: { ${set.join(', ')} }`] : []),
    ...(cut.length > 0 ? [`truncate: [${cut.join(', ')}]`] : []),
  ]
  const why = set.length > 0 ? '// required, and not recognised\n      ' : ''
  const options = words.length > 0 ? `,\n      ${why}{ ${words.join(', ')} },\n    ` : ''
  return `to('${model.name}', {\n      ${lines.join('\n      ')}\n    }${options})`
}

/** A conversation that does not name its two people has them in a model beside it. */
function seatsOf(match: Model, guess: Guess, metadata: Metadata): string[] {
  const people = [guess.get('user')?.model, guess.get('profile')?.model]
  if (references(match, people).length > 0) return []
  const taken = [...guess.values()].map(({ model }) => model)
  for (const model of metadata.models) {
    const [person, second] = references(model, people)
    const [of] = references(model, [match])
    if (taken.includes(model) || !person || second || !of) continue
    return ['user_a_id', 'user_b_id'].map((column) => `to('${model.name}', { id: '${of}', ${column}: '${person}' })`)
  }
  return []
}

function modelsOf(space: Space, guess: Guess): string[] {
  const sources: SourceName[] = space === 'user' ? ['user', 'profile'] : [space as SourceName]
  return sources.flatMap((source) => guess.get(source)?.model.name ?? [])
}

/** Columns that the one field of a type is for which nothing else took, whatever its name: what is said, when, and yes or no. */
const LONE: Readonly<Record<string, string>> = {
  body: 'String',
  text: 'String',
  liked: 'Boolean',
  created_at: 'DateTime',
  sent_at: 'DateTime',
  seen_at: 'DateTime',
  viewed_at: 'DateTime',
}
const ABOUT_PEOPLE: ReadonlySet<SourceName> = new Set(['user', 'profile'])
/** Times and truth values of what comes later. */
const LATER = /expir|until|end|delet|read|edit|updat|archiv|hidden|block/i
const AGAIN = new RegExp(`${LATER.source}|last|modif|chang|recent|active`, 'i')

/** Whether a row must bring the field, and it is no key. */
function isPlain(model: Model, field: Field): boolean {
  const inKey = [model.primaryKey, ...model.uniques].some((unique) => unique.includes(field.name))
  return field.required && !field.list && !inKey && !referenceOf(model, field.name) && field.default === null
}

function generated(model: Model, field: Field): boolean {
  return (
    field.updatedAt || field.default !== null || (model.primaryKey.length === 1 && model.primaryKey[0] === field.name)
  )
}

const RECIPIENT = /recei|recip|target|^to$/i
/** `toId` and `to_id`, and not `token`. */
const TO = /^to(?![a-z])/

/** Whether a person's field says by its name which of two people it is. */
function sides(column: string, name: string): boolean {
  const recipient = RECIPIENT.test(name) || TO.test(name)
  return column === 'recipient_id' ? recipient : column === 'sender_id' && !recipient
}

function fits(kind: string, field: Field, column: string): boolean {
  if (field.list) return field.type === 'String' && (column === 'interests' || column === 'photos')
  if (field.enum) return column in WORDED
  const types: Record<string, readonly string[]> = {
    text: ['String'],
    json: ['Json'],
    time: ['DateTime'],
    date: ['DateTime'],
    float: ['Float', 'Decimal'],
    int: column === 'liked' ? ['Boolean', 'Int'] : ['Int', 'BigInt'],
  }
  return types[kind]?.includes(field.type) ?? false
}

function destination(source: SourceName, column: string, field: Field, metadata: Metadata, used: Set<string>): string {
  const words = sourceOf(source).columns[column]!.values
  const names = Object.keys(metadata.enums.find(({ name }) => name === field.type)?.values ?? {})
  if (!field.enum || !words || words.every((word) => names.includes(word))) return `'${field.name}'`
  used.add('as')
  const pairs = words.map((word) => {
    const name = wordFor(word, field, metadata)
    if (!name) used.add('choose')
    return `${word}: ${name ? `'${name}'` : `choose('${names[0]}')`}`
  })
  return `as('${field.name}', { ${pairs.join(', ')} })`
}

/** The enum's name for a value of a fact. */
function wordFor(value: string, field: Field, metadata: Metadata): string | undefined {
  const names = Object.keys(metadata.enums.find(({ name }) => name === field.type)?.values ?? {})
  return VALUE_WORDS[value]
    ?.map((other) => names.find((candidate) => plainName(candidate) === plainName(other)))
    .find((name) => name !== undefined)
}

function placeholder(source: SourceName, model: Model, field: Field, metadata: Metadata): string {
  const alone = model.uniques.some((fields) => fields.length === 1 && fields[0] === field.name)
  if (alone && field.type === 'String') return `(row) => \`${field.name}-\${row.${sourceOf(source).own[0]}}\``
  if (field.enum) return `'${Object.keys(metadata.enums.find(({ name }) => name === field.type)?.values ?? {})[0]}'`
  const values: Readonly<Record<string, string>> = {
    String: "''",
    Boolean: 'false',
    DateTime: "new Date('2024-01-01')",
    Json: '{}',
  }
  return values[field.type] ?? '0'
}
