import { computed, effect, signal, untracked } from '@preact/signals'
import { keyOf, type Scenario } from '../model/scenario.ts'
import { baseline, replications, scenario, view } from '../model/store.ts'
import type { RatesAnswer } from '../worker/protocol.ts'
import { Curve } from './curve.ts'
import { runOrder } from './order.ts'
import { Pool, PRACTISED, type Task } from './pool.ts'
import { drawAtOnce, drawInTurn, markOvertaken } from './turns.ts'

/**
 * Least and greatest time between two redraws while a run streams in, and how fast it grows with the run's age: what is
 * drawn takes processors from what is simulated, and a day more changes the less the more days there are.
 */
const REDRAW_MS = { least: 150, most: 400, growth: 0.2 }
/** After everything that is asked for. */
const LEAST_RANK = 1e6
/** Runs that workers practise on while nothing is asked of them. */
const PRACTICE = 4
/** A run starts when its parameters have rested so long: what moves with every frame starts nothing that is given up. */
const REST_MS = 24
/** Results kept; the oldest that nobody looks at go first. */
const KEPT = 24

/** Counts up when results have come in: what reads curves reads this first. */
export const arrived = signal(0)
/** While real runs are looked at nothing is simulated here: the machine belongs to whoever writes one. */
export const isPaused = computed(() => view.value === 'runs')
/** A worker that died, in words; null when all is well. */
export const trouble = signal<string | null>(null)

const results = new Map<string, Curve[]>()
let pool: Pool | undefined

export function seedsOf(seed: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? seed : `${seed}-${i + 1}`))
}

const fullKey = (run: Scenario) => `${run.seed}\n${keyOf(run)}`

/** The curves of a scenario, one a seed; empty ones stand for those to come. */
function curvesOf(run: Scenario, seeds: number): Curve[] {
  const key = fullKey(run)
  let curves = results.get(key)
  if (curves) results.delete(key)
  else curves = []
  results.set(key, curves)
  while (curves.length < seeds) curves.push(new Curve(run.days))
  return curves.slice(0, seeds)
}

export const nowCurves = computed(() => {
  void arrived.value
  return curvesOf(scenario.value, replications.value)
})
export const baseCurves = computed(() => {
  void arrived.value
  return curvesOf(baseline.value, replications.value)
})
export const isBaseline = computed(() => fullKey(scenario.value) === fullKey(baseline.value))
/** The run of the address's own seed. */
export const mainCurve = {
  /** The same object while it fills, so a computed signal would say nothing of its days. */
  get value(): Curve {
    return nowCurves.value[0]!
  },
}
export const isRunning = computed(
  () => !isPaused.value && nowCurves.value.some((curve) => !curve.complete && curve.failure === null),
)

function tasksOf(run: Scenario, seeds: number, rank: number): Task[] {
  const curves = curvesOf(run, seeds)
  return seedsOf(run.seed, seeds).flatMap((seed, i) => {
    if (curves[i]!.complete || curves[i]!.failure !== null) return []
    const id = `${i}\n${fullKey(run)}`
    // All of the first seed before any second, the changed run before the baseline.
    return [{ id, rank: rank + 2 * i, order: runOrder(run, seed) }]
  })
}

/**
 * The run again, for nobody: by the first move of a slider the engine is compiled, though one seed was all that was asked.
 * A large run is practice enough by itself.
 */
function practiceOf(run: Scenario): Task[] {
  if (run.count * run.days > PRACTISED) return []
  const order = runOrder(run, run.seed)
  return Array.from({ length: PRACTICE }, (_, i) => ({
    id: `practice ${i}\n${fullKey(run)}`,
    rank: LEAST_RANK,
    order,
    isPractice: true,
  }))
}

function take(id: string, answer: RatesAnswer): void {
  const at = id.indexOf('\n')
  const curves = results.get(id.slice(at + 1))
  const curve = curves?.[Number(id.slice(0, at))]
  if (!curve) return
  if (answer.type === 'day') curve.take(answer.day, answer.values)
  else if (answer.type === 'tally') curve.tally = answer.tally
  else if (answer.type === 'done') {
    curve.digest = answer.digest
    curve.ms = answer.ms
  } else if (answer.type === 'failed') curve.failure = answer.message
  announce(answer.type === 'done' || answer.type === 'failed' || (answer.type === 'day' && answer.day === 0))
}

let timer = 0
let lastRedraw = 0
/** When the run that is shown was asked for. */
let asked = 0

/** Asks for a redraw. @param soon at once, not after the least time between two */
function announce(soon: boolean): void {
  if (timer !== 0 && !soon) return
  clearTimeout(timer)
  const { least, most, growth } = REDRAW_MS
  const rest = Math.min(most, least + growth * (lastRedraw - asked))
  const wait = soon ? 0 : Math.max(0, rest - (performance.now() - lastRedraw))
  timer = window.setTimeout(redraw, wait)
}

function redraw(): void {
  timer = 0
  lastRedraw = performance.now()
  arrived.value++
  drawInTurn()
}

function forget(): void {
  for (const key of results.keys()) {
    if (results.size <= KEPT) return
    if (key === fullKey(scenario.peek()) || key === fullKey(baseline.peek())) continue
    results.delete(key)
  }
}

/** Of runs that were overtaken before their first day nothing is kept. */
function forgetEmpty(): void {
  for (const [key, curves] of results) {
    if (key === fullKey(scenario.peek()) || key === fullKey(baseline.peek())) continue
    if (curves.every((curve) => curve.filled === 0 && curve.failure === null)) results.delete(key)
  }
}

/** Starts simulating, and does so anew whenever a scenario changes. */
export function startRates(): void {
  const cores = navigator.hardwareConcurrency || 2
  pool = new Pool(Math.max(1, Math.min(4, cores - 1)), {
    answer: take,
    died(_, again, why) {
      trouble.value = again
        ? `A simulation worker stopped (${why}); it was started again.`
        : `A simulation worker stopped twice on the same run (${why}). Fewer people or days may help.`
      announce(true)
    },
  })
  let drawn: Curve | undefined
  /** The run that the page was opened with; empty from its first change on: who moves sliders has warmed the workers up. */
  let opened: string | undefined
  effect(() => {
    const now = scenario.value
    const base = baseline.value
    const seeds = replications.value
    const waits = isPaused.value || (now.source !== null && now.source.given === null)
    untracked(() => {
      const tasks = waits ? [] : tasksOf(now, seeds, 0)
      if (!isBaseline.value && tasks.length > 0) tasks.push(...tasksOf(base, seeds, 1))
      if (!waits) {
        opened ??= fullKey(now)
        if (opened !== fullKey(now)) opened = ''
        if (opened !== '') tasks.push(...practiceOf(now))
      }
      pool!.want(tasks, REST_MS)
      forgetEmpty()
      forget()
      const curve = nowCurves.value[0]!
      if (drawn === curve) drawInTurn()
      else if (curve.complete || curve.failure !== null) drawAtOnce()
      else {
        asked = performance.now()
        // What is shown of another run looks old before anything else is seen; its place is taken once there is a day.
        markOvertaken()
        if (curve.filled > 0) drawInTurn()
      }
      drawn = curve
    })
  })
}

/** For tests: a worker dies. */
export function crashWorker(): void {
  pool?.crash()
}
