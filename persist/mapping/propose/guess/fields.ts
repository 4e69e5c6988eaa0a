import { type SourceName, type Space, sourceOf } from '../../config/sources.ts'
import { type Field, type Metadata, type Model, referenceOf } from '../../metadata/metadata.ts'
import { lengthOf } from '../../plan/field-kinds.ts'
import type { Given, Proposed } from '../proposal.ts'
import type { Guess } from './models.ts'
import { personFields } from './persons.ts'
import { references, SHARED } from './shape.ts'
import type { Slot } from './slots.ts'
import { FIELD_WORDS, plainName, VALUE_WORDS } from './words.ts'

/** Columns whose values are few words. */
const WORDED = { gender: true, intent: true, action: true } as const

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
/** Names of which a few letters are another thing: 'Un' is no country. */
const WHOLE: ReadonlySet<string> = new Set(['city', 'state', 'country', 'time_zone', 'email', 'intent'])
const FEW_LETTERS = 20
/** Times and truth values of what comes later. */
export const LATER = /expir|until|end|delet|read|edit|updat|archiv|hidden|block/i
export const AGAIN = new RegExp(`${LATER.source}|last|modif|chang|recent|active`, 'i')

/** Models whose rows a column may refer to. */
const SPACE_SLOTS: Readonly<Partial<Record<Space, readonly Slot[]>>> = {
  user: ['user', 'profile'],
  match: ['thread', 'match'],
  seen: ['feed_seen'],
  view: ['profile_view'],
}

export function modelsOf(space: Space, guess: Guess): Model[] {
  return (SPACE_SLOTS[space] ?? [space as Slot]).flatMap((slot) => guess.models.get(slot) ?? [])
}

/** Which columns of a fact go to which fields of a model, and the fields that nothing goes to. */
export function fieldsOf(
  source: SourceName,
  model: Model,
  guess: Guess,
  metadata: Metadata,
): Pick<Proposed, 'lines' | 'truncate' | 'set'> & { readonly free: ReadonlySet<Field> } {
  const facts = sourceOf(source)
  const free = new Set(model.fields.filter(({ updatedAt }) => !updatedAt))
  const lines: [string, string][] = []
  const truncate: string[] = []
  const set: Given[] = []
  const taken = new Set<string>()
  const has = (column: string) => taken.has(column)
  const take = (column: string, ...fields: readonly Field[]) => {
    for (const field of fields) {
      free.delete(field)
      const { longest = 0 } = facts.columns[column]!
      if (longest > (lengthOf(field) ?? Infinity) && !isLetters(column, field)) truncate.push(field.name)
    }
    taken.add(column)
    // What somebody did not tell is an empty text where there must be one.
    const { nullable, kind } = facts.columns[column]!
    const filled = fields.filter(({ required, type }) => nullable && kind === 'text' && required && type === 'String')
    for (const { name: field } of filled) set.push({ field, code: `(row) => row.${column} ?? ''`, open: false })
    const goals = fields
      .filter((field) => !filled.includes(field))
      .map((field) => destination(source, column, field, metadata))
    if (goals.length > 0) lines.push([column, goals.length === 1 ? goals[0]! : `[${goals.join(', ')}]`])
  }
  const key = keyField(model)
  if (facts.space !== null && facts.own[0] === 'id') {
    // A conversation that belongs to a match has its key beside its own.
    const beside =
      source === 'match'
        ? references(
            model,
            modelsOf('match', guess).filter((other) => other !== model),
          )
        : []
    const worded = (source === 'interest' || source === 'subject') && key?.type === 'String' && key.default === null
    const own = [...(key && !referenceOf(model, key.name) && !worded ? [key] : []), ...beside]
    if (own.length > 0) take('id', ...own)
    // A key that the site makes of a word: the name is all that there is of one.
    if (worded) {
      const shown = FIELD_WORDS.name!.map((word) =>
        [...free].find((field) => field !== key && plainName(field.name) === word && field.type === 'String'),
      ).find((field) => field !== undefined)
      take('name', key, ...(shown ? [shown] : []))
    }
  }
  const people = modelsOf('user', guess)
  for (const [column, field] of personFields(source, model, people)) {
    if (column in facts.columns && free.has(field)) take(column, field)
  }
  for (const [column, { space }] of Object.entries(facts.columns)) {
    if (!space || space === 'user' || column === 'id' || has(column)) continue
    const field = references(model, modelsOf(space, guess)).find((candidate) => free.has(candidate))
    if (field) take(column, field)
  }
  const name = (column: string, taken: (field: Field) => boolean) =>
    FIELD_WORDS[column]
      ?.map((word) => [...free].find((field) => plainName(field.name) === plainName(word) && taken(field)))
      .find((field) => field !== undefined)
  for (const [column, { space, kind, values }] of Object.entries(facts.columns)) {
    if (space || has(column)) continue
    const field = name(column, (candidate) => {
      if (referenceOf(model, candidate.name) || !fits(kind, candidate, column)) return false
      const length = lengthOf(candidate) ?? Infinity
      if (WHOLE.has(column) && (facts.columns[column]!.longest ?? 0) > length && length < FEW_LETTERS) return false
      // What two people may have alike is no name that nobody shares.
      if (column === 'display_name' && isUnique(model, candidate)) return false
      return !candidate.enum || !values || column !== 'action' || tellsBoth(values, candidate, metadata)
    })
    if (field) take(column, field)
  }
  // A name may say nothing where the words of an enum do.
  for (const [column, { values }] of Object.entries(facts.columns)) {
    if (!values || !(column in WORDED) || has(column)) continue
    const field = [...free].find(
      (candidate) =>
        candidate.enum &&
        (column === 'action'
          ? tellsBoth(values, candidate, metadata) || tellsOne(values, candidate, metadata)
          : values.some((value) => wordFor(value, candidate, metadata))),
    )
    if (field) take(column, field)
  }
  for (const column of Object.keys(facts.columns)) {
    const lone = LONE[column]
    if (!lone || ABOUT_PEOPLE.has(source) || has(column) || (column === 'liked' && has('action'))) continue
    const fields = [...free].filter((field) => field.type === lone && isPlain(model, field))
    const now = [...free].filter((field) => field.type === lone && isPlain(model, { ...field, default: null }))
    if (fields.length === 1 && !LATER.test(fields[0]!.name)) take(column, fields[0]!)
    // A time that the database would set when the row is made is when it was made, unless its name says otherwise.
    else if (now.length === 1 && now[0]!.default === 'now' && !AGAIN.test(now[0]!.name)) take(column, now[0]!)
  }
  return { lines, truncate, set, free }
}

/** The field of a model's key that is its own: of several, the one that is no foreign key and no time. */
function keyField(model: Model): Field | undefined {
  const fields = model.fields.filter(({ name }) => model.primaryKey.includes(name))
  if (fields.length === 1) return fields[0]
  const own = fields.filter(({ name, type }) => !referenceOf(model, name) && type !== 'DateTime' && !SHARED.test(name))
  return own.length === 1 ? own[0] : own.find(({ name }) => /^id$/i.test(name))
}

export function isUnique(model: Model, field: Field): boolean {
  return [model.primaryKey, ...model.uniques].some((fields) => fields.length === 1 && fields[0] === field.name)
}

/** Whether a row must bring the field, and it is no key. */
function isPlain(model: Model, field: Field): boolean {
  const inKey = [model.primaryKey, ...model.uniques].some((unique) => unique.includes(field.name))
  return field.required && !field.list && !inKey && !referenceOf(model, field.name) && field.default === null
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

/** Where a column goes, as code: the field, or its enum's words. */
export function destination(source: SourceName, column: string, field: Field, metadata: Metadata): string {
  const words = sourceOf(source).columns[column]!.values
  // A site has words of its own for yes and no, and only it knows them.
  if (column === 'action' && field.type === 'String') {
    return `as('${field.name}', { LIKE: choose('LIKE'), DISLIKE: choose('DISLIKE') })`
  }
  if (isLetters(column, field)) {
    return `as('${field.name}', { woman: choose('F'), man: choose('M'), nonbinary: choose('X') })`
  }
  const names = enumNames(field, metadata)
  if (!field.enum || !words || words.every((word) => names.includes(word))) return `'${field.name}'`
  const known = words.map((word) => wordFor(word, field, metadata))
  const other = names.find((name) => !known.includes(name)) ?? names[0]
  const pairs = words.map((word, i) => `${word}: ${known[i] ? `'${known[i]}'` : `choose('${other}')`}`)
  return `as('${field.name}', { ${pairs.join(', ')} })`
}

/** Whether a gender is but a letter or two, which only the site knows. */
function isLetters(column: string, field: Field): boolean {
  return column === 'gender' && !field.enum && (lengthOf(field) ?? Infinity) < 'man'.length
}

function tellsBoth(values: readonly string[], field: Field, metadata: Metadata): boolean {
  return values.every((value) => wordFor(value, field, metadata))
}

/** Whether an enum has two words, and one of them is known: the other is then the other. */
function tellsOne(values: readonly string[], field: Field, metadata: Metadata): boolean {
  return enumNames(field, metadata).length === 2 && values.some((value) => wordFor(value, field, metadata))
}

export function enumNames(field: Field, metadata: Metadata): string[] {
  return Object.keys(metadata.enums.find(({ name }) => name === field.type)?.values ?? {})
}

/** The enum's name for a value of a fact. */
export function wordFor(value: string, field: Field, metadata: Metadata): string | undefined {
  return nameAmong(VALUE_WORDS[value] ?? [], field, metadata)
}

/** The first of some words that is a name of the enum. */
export function nameAmong(words: readonly string[], field: Field, metadata: Metadata): string | undefined {
  const names = enumNames(field, metadata)
  return words
    .map((word) => names.find((candidate) => plainName(candidate) === plainName(word)))
    .find((name) => name !== undefined)
}
