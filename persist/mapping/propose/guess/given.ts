import { type SourceName, sourceOf } from '../../config/sources.ts'
import { type Field, hasDatabaseDefault, type Metadata, type Model, referenceOf } from '../../metadata/metadata.ts'
import { lengthOf } from '../../plan/field-kinds.ts'
import type { Given } from '../proposal.ts'
import { AGAIN, enumNames, isUnique, nameAmong, wordFor } from './fields.ts'
import { SHARED } from './shape.ts'
import { FIELD_WORDS, plainName } from './words.ts'

/** What a model's state is called when nothing is the matter with it, by fact. */
const USUAL: Readonly<Partial<Record<SourceName, string>>> = {
  user: 'active user member free basic normal standard public verified',
  profile: 'active public visible published free basic normal',
  picture: 'approved active public visible published photo image picture',
  post: 'published public visible active approved everyone text normal post',
  post_picture: 'approved active image photo picture',
  feed_seen: 'feed view impression',
  liked_post: 'like heart love up upvote thumbsup',
  profile_view: 'view profile direct',
  like: 'like accepted active liked normal standard',
  match: 'matched active accepted mutual open current confirmed connected approved direct private normal',
  message: 'text sent delivered normal plain message user',
  session: 'active ended web',
}
/** Fields of a model whose default may say that a row is not seen yet. */
const STATE = /status|state|visib|phase/i
const SHOWN = /^(?:is)?(?:published|public|visible|approved|live)$/
const FROM_STATE: ReadonlySet<SourceName> = new Set(['match', 'post', 'picture', 'post_picture'])
const BIRTH_YEAR = /^(?:birthyear|bornyear|yearofbirth|yob|bornin)$/
const MILLISECONDS = /(?:at|ms|time|stamp|date|on|start|begin|end|seen|since)$/i

/** What fields get to which no column goes: those that must have something, and states that would hide the row. */
export function givenTo(source: SourceName, model: Model, free: ReadonlySet<Field>, metadata: Metadata): Given[] {
  return [...free].flatMap((field): Given[] => {
    const known = told(source, field, metadata)
    if (known !== undefined) return [{ field: field.name, code: known, open: false }]
    const must = field.required && !field.list && !hasDatabaseDefault(field) && !generated(model, field)
    if (!must) return []
    const root = rootOf(metadata, model, field)
    const code = placeholder(source, model, field, metadata)
    return [{ field: field.name, code, open: true, ...(root && { root }) }]
  })
}

/** What follows from the fact, as code. */
function told(source: SourceName, field: Field, metadata: Metadata): string | undefined {
  const facts = sourceOf(source)
  const plain = plainName(field.name)
  const needs = field.required && field.default === null
  if ((source === 'user' || source === 'profile') && plain === 'age' && field.type === 'Int') {
    return '(row) => 2024 - row.birthdate.getUTCFullYear()'
  }
  if ((source === 'user' || source === 'profile') && BIRTH_YEAR.test(plain) && field.type === 'Int') {
    return '(row) => row.birthdate.getUTCFullYear()'
  }
  if (field.list && FIELD_WORDS.seeks!.some((word) => plainName(word) === plain)) {
    if (!field.enum) return "(row) => row.seeks.split(',')"
    const words = sourceOf('profile').columns.gender!.values!.map(
      (word) => [word, wordFor(word, field, metadata)] as const,
    )
    if (words.every(([, name]) => name !== undefined)) {
      const named = words.map(([word, name]) => `.replace(/\\b${word}\\b/, '${name}')`).join('')
      return `(row) => row.seeks${named}.split(',')`
    }
  }
  if (field.enum && !field.list && (needs || (STATE.test(field.name) && FROM_STATE.has(source)))) {
    const usual = nameAmong((USUAL[source] ?? '').split(' '), field, metadata)
    if (usual !== undefined) return `'${usual}'`
  }
  if (field.type === 'Boolean' && FROM_STATE.has(source) && SHOWN.test(plain)) return 'true'
  if (facts.time === undefined || !needs) return undefined
  if (field.type === 'DateTime' && /last|updat|modif|chang/i.test(field.name) && AGAIN.test(field.name)) {
    return `(row) => row.${facts.time}`
  }
  if (field.type === 'BigInt' && MILLISECONDS.test(field.name) && !/id$/i.test(field.name)) {
    const ends = source === 'session' && /end|stop|out|to/i.test(field.name)
    return `(row) => row.${ends ? 'ended_at' : facts.time}.getTime()`
  }
  return undefined
}

function generated(model: Model, field: Field): boolean {
  return (
    field.updatedAt || field.default !== null || (model.primaryKey.length === 1 && model.primaryKey[0] === field.name)
  )
}

/** `Model.field` at the end of a chain of foreign keys: what a tenant's number is everywhere. */
function rootOf(metadata: Metadata, model: Model, field: Field): string | undefined {
  let at: { model: string; field: string } | undefined = referenceOf(model, field.name)
  let root: string | undefined
  for (let steps = 0; at && steps < 20; steps++) {
    root = `${at.model}.${at.field}`
    const next = metadata.models.find(({ name }) => name === at!.model)
    at = next && referenceOf(next, at.field)
  }
  // Of tenants, not every model says whose key it is.
  if (!SHARED.test(field.name)) return root
  const named = metadata.models.flatMap((other) => {
    const to = referenceOf(other, field.name)
    return to &&
      referenceOf(modelOf(metadata, to.model), to.field) === undefined &&
      modelOf(metadata, to.model).primaryKey.length === 1
      ? [`${to.model}.${to.field}`]
      : []
  })
  return named[0] ?? root
}

function modelOf({ models }: Metadata, name: string): Model {
  return models.find((model) => model.name === name)!
}

function placeholder(source: SourceName, model: Model, field: Field, metadata: Metadata): string {
  if (isUnique(model, field) && field.type === 'String') {
    return `(row) => \`${field.name}-\${row.${sourceOf(source).own[0]}}\``
  }
  if (field.enum) return `'${enumNames(field, metadata)[0]}'`
  const values: Readonly<Record<string, string>> = {
    String: "''",
    Boolean: 'false',
    DateTime: "new Date('2024-01-01')",
    Json: '{}',
    Bytes: 'new Uint8Array([0])',
  }
  // A code of a country.
  if (plainName(field.name).includes('country') && (lengthOf(field) ?? 9) < 4) return "'US'"
  if (field.native?.[0] === 'Uuid') return "'00000000-0000-4000-8000-000000000000'"
  return values[field.type] ?? '0'
}
