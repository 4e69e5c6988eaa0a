import { referenceOf, uniquesOf } from '../../metadata/metadata.ts'
import type { PlannedTarget } from '../plan.ts'

/** The targets, with what their rows' keys tell. */
export function withKeyed(targets: readonly PlannedTarget[]): PlannedTarget[] {
  return targets.map((target) => {
    if (!isKeyed(target)) return target
    const shared = targets.some((other) => other.group !== target.group && makesSuchKeys(other, target))
    return { ...target, keyed: shared ? 'shared' : 'alone' }
  })
}

/** A row's own hash is nobody else's. Another key is, where every fact makes a row: a site's can then not have its key. */
function isKeyed({ verb, selector, model, target, all }: PlannedTarget): boolean {
  if (verb !== 'insert' || selector?.scope !== 'step' || selector.rule.kind === 'table') return false
  const { name } = selector.column.field
  if (!uniquesOf(model).some((fields) => fields.length === 1 && fields[0] === name)) return false
  if (selector.rule.kind === 'text' && !referenceOf(model, name)) return true
  const skips = all.some(
    ({ producer }) =>
      (producer.from === 'find' && producer.find.missing === 'skip') ||
      (producer.from === 'key' && producer.rule.kind === 'table'),
  )
  return !skips && target.kind !== 'rows' && Object.keys(target.options.where ?? {}).length === 0
}

function makesSuchKeys(other: PlannedTarget, { model, selector }: PlannedTarget): boolean {
  if (other.verb === 'update' || other.model.name !== model.name) return false
  const rule = JSON.stringify(selector!.rule)
  return other.all.some(
    ({ field, producer }) =>
      field.name === selector!.column.field.name && producer.from === 'key' && JSON.stringify(producer.rule) === rule,
  )
}
