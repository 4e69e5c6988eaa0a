import { KEY_FORMS, type Target } from '../../config/config.ts'
import type { Field } from '../../metadata/metadata.ts'
import type { KeyRule } from '../plan.ts'

/** How a text key is made: as the mapping says, else as the field's default does. */
export function keyForm(field: Field, { options }: Pick<Target, 'options'>): TextForm {
  if (field.type === 'Bytes') return { form: 'hex' }
  if (options.key !== undefined) return namedForm(options.key) ?? { form: 'uuid' }
  const form = KEY_FORMS.find((each) => each === field.default) ?? 'uuid'
  return form === 'nanoid' ? nanoid(field.keyLength) : { form }
}

type TextForm = Pick<Extract<KeyRule, { kind: 'text' }>, 'form' | 'length'>

/** Prisma's bounds of a nanoid. */
const [SHORTEST, LONGEST, USUAL] = [2, 255, 21]

/** A form as a configuration names it; null for none that there is. */
export function namedForm(name: string): TextForm | null {
  const [, digits] = /^nanoid\((\d+)\)$/.exec(name) ?? []
  if (digits === undefined) {
    const form = KEY_FORMS.find((each) => each === name)
    return form ? { form } : null
  }
  const length = Number(digits)
  return length < SHORTEST || length > LONGEST ? null : nanoid(length)
}

/** A key of the usual length says none, so that a run knows its mapping again. */
function nanoid(length: number = USUAL): TextForm {
  return { form: 'nanoid', ...(length !== USUAL && { length }) }
}
