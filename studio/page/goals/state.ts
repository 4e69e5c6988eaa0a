import { signal } from '@preact/signals'
import { METRIC_BY_ID, type Metric } from '../../../sim/index.ts'
import { effects } from '../model/effects.ts'
import { movedBy, PARAMETERS, type Shown } from '../model/parameters.ts'
import { scenario } from '../model/store.ts'
import type { Step } from './seek.ts'

/** Id of the metric that a goal is set for. */
export const chosen = signal('1')
/** Where it shall be; null while that was not said. */
export const target = signal<number | null>(null)
/** Paths that a search leaves alone. */
export const locked = signal<ReadonlySet<string>>(new Set())
/** What the search found so far, the nearest last. */
export const steps = signal<readonly Step[]>([])
export const activity = signal<'idle' | 'seeking' | 'measuring'>('idle')
export const measured = signal<{ readonly done: number; readonly all: number }>({ done: 0, all: 1 })
let under: AbortController | null = null

const workers = () => Math.max(1, Math.min(3, (navigator.hardwareConcurrency || 2) - 1))

/** Parameters that are said to move a metric: what a search is free in unless it is locked. */
export const moversOf = (metric: Metric): Shown[] =>
  PARAMETERS.filter((parameter) => movedBy(parameter).some(({ id }) => id === metric.id)).sort(
    (a, b) => Number(a.part === 'population') - Number(b.part === 'population'),
  )

/** Metrics that some parameter is said to move. */
export const GOALS: ReadonlySet<string> = new Set(
  PARAMETERS.flatMap((parameter) => movedBy(parameter).map(({ id }) => id)),
)

/** As many as a search of some minutes can make sense of: those of the policy first, then those of the people. */
export const MOST_FREE = 10

export function freeOf(metric: Metric): Shown[] {
  return moversOf(metric)
    .filter(({ path }) => !locked.value.has(path))
    .slice(0, MOST_FREE)
}

/** Ends of the handle: the band with as much again on either side. */
export function spanOf({ low, high }: Metric, value: number): [number, number] {
  const from = Number.isFinite(low) ? low : Number.isNaN(value) ? 0 : value / 2
  const to = Number.isFinite(high) ? high : Number.isNaN(value) ? 1 : Math.max(value * 2, from + 1)
  const wide = (to - from) * 0.75
  return [Math.max(0, from - wide), to + wide]
}

/** Gives up what is under way; what it found stays. */
export function stop(): void {
  under?.abort()
  activity.value = 'idle'
}

/** Sets the goal's metric, and forgets what was found for another. */
export function choose(id: string): void {
  if (id === chosen.value && target.value === null) return
  stop()
  chosen.value = id
  target.value = null
  steps.value = []
}

/** Looks for parameters that bring the chosen metric to its target. @param now what it is at present */
export async function start(now: number): Promise<void> {
  const metric = METRIC_BY_ID.get(chosen.value)!
  const wanted = target.value
  if (wanted === null) return
  const [from, to] = spanOf(metric, now)
  const free = freeOf(metric)
  under?.abort()
  const own = (under = new AbortController())
  activity.value = 'seeking'
  steps.value = []
  const [{ Evaluator }, { seek }] = await Promise.all([import('./evaluator.ts'), import('./seek.ts')])
  const evaluator = new Evaluator(workers())
  try {
    const goal = { metric: metric.id, target: wanted, tolerance: (to - from) * 0.012 }
    for await (const step of seek(scenario.value, goal, free, evaluator, own.signal)) {
      if (own.signal.aborted) return
      steps.value = [...steps.value, step]
    }
  } finally {
    evaluator.close()
    if (under === own) activity.value = 'idle'
  }
}

/** Measures what each parameter does to the chosen metric, to be shown at its slider. */
export async function measure(): Promise<void> {
  const metric = METRIC_BY_ID.get(chosen.value)!
  const movers = moversOf(metric).slice(0, MOST_FREE + 4)
  under?.abort()
  const own = (under = new AbortController())
  activity.value = 'measuring'
  measured.value = { done: 0, all: 1 }
  const [{ Evaluator }, { effectsOf }] = await Promise.all([import('./evaluator.ts'), import('./effects.ts')])
  const evaluator = new Evaluator(workers())
  own.signal.addEventListener('abort', () => evaluator.close())
  try {
    const found = await effectsOf(
      scenario.value,
      metric.id,
      movers,
      evaluator,
      own.signal,
      (done, all) => (measured.value = { done, all }),
    )
    if (!own.signal.aborted) effects.value = { metric: metric.id, effects: found }
  } finally {
    evaluator.close()
    if (under === own) activity.value = 'idle'
  }
}
