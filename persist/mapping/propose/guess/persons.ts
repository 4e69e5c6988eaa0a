import type { SourceName } from '../../config/sources.ts'
import type { Field, Model } from '../../metadata/metadata.ts'
import { references, required, sideOf } from './shape.ts'

/** The columns of a fact about two people: who does it, and to whom. */
const PAIRS: Readonly<Partial<Record<SourceName, readonly [string, string]>>> = {
  like: ['from_user_id', 'to_user_id'],
  profile_view: ['viewer_id', 'viewed_id'],
  message: ['sender_id', 'recipient_id'],
  match: ['user_a_id', 'user_b_id'],
}

/** Which field of a model is which person of a fact: whoever must be there before who may, then as names and order say. */
export function personFields(
  source: SourceName,
  model: Model,
  people: readonly (Model | undefined)[],
): [string, Field][] {
  const all = references(model, people)
  const must = required(all)
  const pair = PAIRS[source]
  if (!pair) {
    const among = must.length > 0 ? must : all
    const one = among.find(({ name }) => sideOf(name) === -1) ?? among[0]
    return one ? [['user_id', one]] : []
  }
  const among = must.length >= 2 || (must.length === 1 && source === 'message' && all.length === 1) ? must : all
  if (source === 'match') return among.slice(0, 2).map((field, i) => [pair[i]!, field])
  const done = among.find(({ name }) => sideOf(name) === 1) ?? (among.length > 1 ? lone(among) : undefined)
  const rest = among.filter((field) => field !== done)
  const doer = rest.find(({ name }) => sideOf(name) === -1) ?? rest[0]
  // One person of a conversation is who writes.
  const other = done ?? (source === 'message' ? undefined : rest.find((field) => field !== doer))
  return [
    ...(doer ? [[pair[0], doer] as [string, Field]] : []),
    ...(other ? [[pair[1], other] as [string, Field]] : []),
  ]
}

/** Of two people of whom one does something by name, the other; where neither does, the second in direct messages too. */
function lone(fields: readonly Field[]): Field | undefined {
  const doers = fields.filter(({ name }) => sideOf(name) === -1)
  return doers.length === 1
    ? fields.find((field) => !doers.includes(field) && field.required)
    : fields.filter(({ required: must }) => must)[1]
}
