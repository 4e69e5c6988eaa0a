import { badInput, Hash128, textWords } from '../../../sim/kernel/index.ts'
import type { TableBatch } from '../../batch.ts'
import type { LedgerRun } from '../../ledger/records.ts'
import { exampleRow } from '../plan/example.ts'
import type { Plan, PlannedColumn, PlannedTarget, Producer, RuleForm } from '../plan/plan.ts'

/** Raised when the same mapping gives other words here; runs with others are accepted unseen. */
const VERSION = 1
/** Raised when the keys of a form become others: where they did, a run that was written before is not found again. */
const MADE: Partial<Record<RuleForm, number>> = { cuid: 2, ulid: 2 }
const ROWS = 3
/** Fields that are named; the rest is counted. */
const NAMED = 5

/** What a run's rows follow from: by `Model` and `Model.field`, a hash of the rules. */
export type Fingerprint = Readonly<Record<string, string>>

/**
 * The rules of a mapping, whatever its formatting: of functions what they make of made-up rows, and nothing that a
 * migration of the site may change without changing a row (lengths, further enum values, defaults).
 */
export function fingerprintOf(plan: Plan): Fingerprint {
  const rules = new Map<string, unknown[]>()
  const add = (name: string, rule: unknown) => rules.set(name, [...(rules.get(name) ?? []), rule])
  for (const target of [...plan.targets, ...plan.lookups.values()]) {
    const { source, verb, unique } = target
    const { where, once, key, match, missing, truncate } = target.target.options
    const made = target.target.make && tried(plan, target, target.target.make)
    add(target.model.name, [source, verb, unique, where, once, key, match, missing, truncate, target.target.most, made])
    for (const column of target.all) add(`${target.model.name}.${column.field.name}`, ruleOf(plan, target, column))
  }
  return Object.fromEntries([...rules].map(([name, rule]) => [name, hashOf(rule)]))
}

function ruleOf(plan: Plan, target: PlannedTarget, { kind, producer, part }: PlannedColumn): unknown {
  return [target.source, kind, part && [part.of.name, part.model.name, part.by.name], ruleOfProducer()]

  function ruleOfProducer(): unknown {
    const { from, ...rest }: Producer = producer
    if (producer.from === 'function') return [from, tried(plan, target, producer.make)]
    if (producer.from === 'key' && producer.rule.kind === 'text') {
      const made = MADE[producer.rule.form]
      return made === undefined ? [from, rest] : [from, rest, made]
    }
    if (producer.from !== 'find') return [from, rest]
    const { model, by, key, values, missing } = producer.find
    return [from, producer.column, model.name, by.name, key.name, values, missing]
  }
}

/** What a function makes of made-up rows of its fact. */
function tried(plan: Plan, { facts }: PlannedTarget, make: (row: never) => unknown): unknown {
  return Array.from({ length: ROWS }, (_, i) => {
    const once = () => {
      try {
        return textOf(make(exampleRow(plan, facts.columns, i) as never))
      } catch {
        return 'throws'
      }
    }
    const made = once()
    return made === once() ? made : 'differs'
  })
}

function hashOf(value: unknown): string {
  const hash = new Hash128()
  hash.update(textWords(textOf(value)))
  return (hash.digest()[0]! >>> 0).toString(16).padStart(8, '0')
}

/** JSON, whatever the order of an object's keys. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, given) => {
      if (typeof given === 'bigint') return `${given}n`
      if (given instanceof Map) return Object.fromEntries([...given].sort(([a], [b]) => (a < b ? -1 : 1)))
      if (given === null || typeof given !== 'object' || Array.isArray(given)) return given
      return Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)))
    }) ?? 'undefined'
  )
}

/** A segment of the ledger that says under which mapping it is written. */
export function withFingerprint(batch: TableBatch, plan: Plan): TableBatch {
  const mapping = { version: VERSION, rules: fingerprintOf(plan) }
  const inputs = (batch.columns.inputs as string[]).map((text) => JSON.stringify({ ...JSON.parse(text), mapping }))
  return { ...batch, columns: { ...batch.columns, inputs } }
}

/** @throws MingleError BAD_INPUT when the run was written under another mapping, or by an earlier version of Mingle; one that does not say is accepted */
export function refuseOtherMapping(run: Pick<LedgerRun, 'seed' | 'segments'>, plan: Plan): void {
  const recorded = run.segments
    .map(({ inputs }) => (JSON.parse(inputs) as { mapping?: { version: number; rules: Fingerprint } }).mapping)
    .findLast((mapping) => mapping?.version === VERSION)?.rules
  if (!recorded) return
  const now = fingerprintOf(plan)
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort()
  const known = (name: string) => name in recorded && name in now
  // Of a model that is mapped in one of the two alone, its name says all.
  const other = names.filter((name) => {
    const model = name.slice(0, Math.max(0, name.lastIndexOf('.')))
    return recorded[name] !== now[name] && (known(model) || !names.includes(model))
  })
  if (other.length === 0) return
  const shown = other.slice(0, NAMED).map((name) => {
    if (!(name in now)) return `${name} (no longer mapped)`
    return known(name) ? name : `${name} (not mapped then)`
  })
  const more = other.length > NAMED ? ` and ${other.length - NAMED} more` : ''
  throw badInput(
    `run '${run.seed}' was written under another mapping, which differs in ${shown.join(', ')}${more}; nothing was written. ` +
      'Put the mapping back as it was for this run, or remove the run with that mapping (mingle reset) and start it anew with this one; ' +
      'if the mapping is as it was, an earlier version of Mingle wrote the run and makes its keys: go on, or remove it, with that version',
  )
}
