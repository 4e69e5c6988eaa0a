import type { Plan, RunStore } from '../../persist/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { RunOptions } from '../options.ts'
import { extendRun, startRun } from '../run.ts'

/** A small run of the same kind, as it was measured. */
export interface SampledRun {
  /** Rows by table of the people alone. */
  readonly people: Readonly<Record<string, number>>
  /** Rows by table, day after day. */
  readonly days: readonly Readonly<Record<string, number>>[]
  readonly seconds: number
}

type Live = (store: RunStore, config: RunConfig, days: number, options: RunOptions) => Promise<SampledRun>

export const sampleRun: Live = async (store, config, days, options) => {
  const { run, status, seconds } = await startRun(store, config, days, options)
  if (status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
  const each = (await store.days(run.id)).map(({ rows }) => rows)
  return { people: less(await store.rows(run.id), each), days: each, seconds: seconds.total }
}

/**
 * Under a mapping the ledger counts by fact: a model's rows of the days are shared out as those are of the facts that go there. The
 * people are written first, and counted, and live then, which is the same run.
 */
export function sampleMapped({ targets }: Plan): Live {
  const factsOf = new Map<string, Set<string>>()
  for (const { model, facts, verb } of targets) {
    if (verb !== 'update') factsOf.set(model.table, (factsOf.get(model.table) ?? new Set()).add(facts.table))
  }
  return async (store, config, days, options) => {
    const begun = await startRun(store, config, 0, options)
    const people = { ...begun.rows }
    if (begun.status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
    if (days === 0) return { people, days: [], seconds: begun.seconds.total }
    const ended = await extendRun(store, config.seed, { days }, options)
    if (ended.status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
    const facts = (await store.days(ended.run.id)).map(({ rows }) => rows)
    const each: Record<string, number>[] = facts.map(() => ({}))
    for (const [table, rows] of Object.entries(ended.rows)) {
      const daily = facts.map((of) => [...(factsOf.get(table) ?? [])].reduce((sum, name) => sum + (of[name] ?? 0), 0))
      const parts = sharedOut(rows - (people[table] ?? 0), daily)
      parts.forEach((part, day) => {
        each[day]![table] = part
      })
    }
    return { people, days: each, seconds: begun.seconds.total + ended.seconds.total }
  }
}

/** Whole parts of a whole, as near to the weights as can be; all alike where nothing weighs. */
function sharedOut(rows: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let weighed = 0
  let given = 0
  return weights.map((weight, i) => {
    weighed += all > 0 ? weight / all : 1 / weights.length
    const upTo = i === weights.length - 1 ? rows : Math.round(rows * weighed)
    const part = upTo - given
    given = upTo
    return part
  })
}

function less(all: Readonly<Record<string, number>>, days: readonly Readonly<Record<string, number>>[]) {
  const rest = Object.entries(all).map(([table, rows]): [string, number] => [
    table,
    days.reduce((left, day) => left - (day[table] ?? 0), rows),
  ])
  return Object.fromEntries(rest.filter(([, rows]) => rows > 0))
}
