import { computed, effect, signal, untracked } from '@preact/signals'
import { keyOf, type Scenario } from '../model/scenario.ts'
import { baseline, replications, scenario, view } from '../model/store.ts'
import type { RatesAnswer } from '../worker/protocol.ts'
import { Curve } from './curve.ts'
import { runOrder } from './order.ts'
import { Pool, type Task } from './pool.ts'

/** Least time between two redraws while a run streams in: the simulation does not wait for them. */
const REDRAW_MS = 90
/** A redraw is done in so many parts, a frame each, so that none holds up what is typed or dragged. */
const PARTS = 4
/** Least time between two starts while a slider moves, so that each start shows its first days. */
const START_MS = 70
/** Results kept; the oldest that nobody looks at go first. */
const KEPT = 24

/** Counts up when results have come in: what reads curves reads this first. */
export const arrived = signal(0)
/** The same for small multiples: each reads one of these, and they count up one after another. */
export const turns = Array.from({ length: PARTS }, () => signal(0))
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
export const isRunning = computed(() => nowCurves.value.some((curve) => !curve.complete && curve.failure === null))

function tasksOf(run: Scenario, seeds: number, rank: number): Task[] {
  const curves = curvesOf(run, seeds)
  return seedsOf(run.seed, seeds).flatMap((seed, i) => {
    if (curves[i]!.complete || curves[i]!.failure !== null) return []
    const id = `${i}\n${fullKey(run)}`
    // All of the first seed before any second, the changed run before the baseline.
    return [{ id, rank: rank + 2 * i, order: runOrder(run, seed) }]
  })
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
let drawing = false
let lastRedraw = 0
/** What came in while a redraw was under way: null for nothing, else whether it is wanted soon. */
let missed: boolean | null = null

/** Asks for a redraw. @param soon at once, not after the least time between two */
function announce(soon: boolean): void {
  if (drawing) {
    missed = soon || missed === true
    return
  }
  if (timer !== 0 && !soon) return
  clearTimeout(timer)
  const wait = soon ? 0 : Math.max(0, REDRAW_MS - (performance.now() - lastRedraw))
  timer = window.setTimeout(() => {
    timer = 0
    drawing = true
    lastRedraw = performance.now()
    arrived.value++
    drawPart(0)
  }, wait)
}

function drawPart(part: number): void {
  nextFrame(() => {
    turns[part]!.value++
    if (part + 1 < PARTS) return drawPart(part + 1)
    drawing = false
    const soon = missed
    missed = null
    if (soon !== null) announce(soon)
  })
}

/** A page that is not seen has no frames: there a timer goes on. */
function nextFrame(then: () => void): void {
  if (document.hidden) setTimeout(then, REDRAW_MS)
  else requestAnimationFrame(then)
}

function forget(): void {
  for (const [key, curves] of results) {
    if (results.size <= KEPT) return
    if (curves === results.get(fullKey(scenario.peek())) || curves === results.get(fullKey(baseline.peek()))) continue
    results.delete(key)
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
  let started = 0
  let waiting = 0
  const start = () => {
    started = performance.now()
    untracked(() => {
      const now = scenario.value
      const base = baseline.value
      const seeds = replications.value
      // Real runs are looked at: the machine belongs to whoever writes one. Or the server is asked for part of the run.
      const held = now.source !== null && now.source.given === null
      const tasks = view.value === 'runs' || held ? [] : tasksOf(now, seeds, 0)
      if (!isBaseline.value && tasks.length > 0) tasks.push(...tasksOf(base, seeds, 1))
      pool!.want(tasks)
      forget()
    })
  }
  effect(() => {
    void scenario.value
    void baseline.value
    void replications.value
    void (view.value === 'runs')
    clearTimeout(waiting)
    const wait = START_MS - (performance.now() - started)
    if (wait <= 0) start()
    else waiting = window.setTimeout(start, wait)
  })
}

/** For tests: a worker dies. */
export function crashWorker(): void {
  pool?.crash()
}
