import { batch, computed, effect, signal } from '@preact/signals'
import { DEFAULT_PARAMETERS } from '../../../sim/index.ts'
import { type Link, readLink, START, type View, writeLink } from '../link/link.ts'
import { type Changes, leavesOf, type Scenario } from './scenario.ts'

export const DEFAULT_LEAVES: Readonly<Record<string, number>> = leavesOf(DEFAULT_PARAMETERS)

const link = signal<Link>(START)
/** What of the address could not be understood. */
export const linkProblems = signal<readonly string[]>([])

export const scenario = computed(() => link.value.scenario)
/** Length of the run: what hangs on it alone is not drawn again when a slider moves. */
export const days = computed(() => scenario.value.days)
export const pinned = computed(() => link.value.pinned)
export const view = computed(() => link.value.view)
/** Day boundary looked at, counted from 0: that many days have passed. */
export const day = computed(() => Math.min(link.value.day ?? scenario.value.days, scenario.value.days))
/** Event of the day that follows `day`, from 0; null: the day boundary itself is looked at. */
export const event = computed(() => link.value.event)
export const person = computed(() => link.value.person)
export const metric = computed(() => link.value.metric)
export const currentLink = computed(() => writeLink(link.value))

/** The baseline: the same run with the pinned parameters. */
export const baseline = computed<Scenario>(() => ({ ...scenario.value, changes: pinned.value, forkDay: 0 }))

/** How many seeds the rates are taken over. */
export const replications = signal(4)

/** The cumulated change that a slider under the hand makes comes in one frame. */
export function change(part: Partial<Scenario>): void {
  link.value = { ...link.value, scenario: { ...link.value.scenario, ...part }, event: null }
}

/** Sets a parameter; its default takes it out of the changes. */
export function setParameter(path: string, value: number): void {
  const { [path]: _, ...others } = scenario.value.changes
  change({ changes: value === DEFAULT_LEAVES[path] ? others : { ...others, [path]: value } })
}

export function setChanges(changes: Changes): void {
  change({
    changes: Object.fromEntries(Object.entries(changes).filter(([path, value]) => value !== DEFAULT_LEAVES[path])),
  })
}

export function pin(changes: Changes): void {
  link.value = { ...link.value, pinned: changes }
}

export function show(next: View): void {
  link.value = { ...link.value, view: next, metric: null }
}

export function lookAt(next: number | null): void {
  link.value = { ...link.value, day: next === scenario.value.days ? null : next, event: null }
}

/** Steps to an event of the day that begins at a boundary. */
export function lookAtEvent(day: number, index: number): void {
  link.value = { ...link.value, day, event: index }
}

export function openPerson(k: number | null): void {
  batch(() => {
    link.value = { ...link.value, person: k, ...(k !== null && { view: 'people' as const }) }
  })
}

export function openMetric(id: string | null): void {
  link.value = { ...link.value, metric: id }
}

export function parameterValue(path: string): number {
  return scenario.value.changes[path] ?? DEFAULT_LEAVES[path]!
}

const changedKey = computed(() => Object.keys(scenario.value.changes).sort().join('\n'))
/** Paths of the parameters that are changed: the same set while one of them moves on. */
export const changedPaths = computed<ReadonlySet<string>>(() => new Set(changedKey.value.split('\n').filter(Boolean)))

/** Takes over what the address says, now and whenever it is edited or gone back to; keeps it up to date from then on. */
export function followAddress(): void {
  const read = () => {
    const found = readLink(location.hash)
    batch(() => {
      link.value = found.link
      linkProblems.value = found.problems
    })
  }
  read()
  addEventListener('hashchange', () => {
    if (location.hash !== currentLink.value) read()
  })
  let timer = 0
  effect(() => {
    const text = currentLink.value
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (location.hash !== text) history.replaceState(null, '', text)
    }, 250)
  })
}
