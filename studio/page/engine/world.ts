import { computed, effect, signal, untracked } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { keyOf } from '../model/scenario.ts'
import { day, scenario } from '../model/store.ts'
import type { WorldAnswer, WorldCall, WorldCalls, WorldOrder } from '../worker/world/protocol.ts'
import { runOrder } from './order.ts'
import { trouble } from './rates.ts'

/** Rest after the last change before people are simulated again. */
const REST_MS = 350

export interface WorldState {
  /** The scenario that is open; null while it is being simulated. */
  readonly key: string | null
  readonly progress: number
  readonly failure: string | null
  readonly people: number
  readonly digest: string | null
}

const CLOSED: WorldState = { key: null, progress: 0, failure: null, people: 0, digest: null }
export const world = signal<WorldState>(CLOSED)
/** Views that look at people now: without any, none are simulated. */
const watchers = signal(0)

let worker: Worker | undefined
let calls = 0
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()

export const worldKey = computed(() => `${scenario.value.seed}\n${keyOf(scenario.value)}`)

function start(): Worker {
  const started = new Worker(new URL('../worker/world/world.ts', import.meta.url), { type: 'module', name: 'world' })
  started.onmessage = ({ data }: MessageEvent<WorldAnswer>) => {
    if (data.type === 'progress') world.value = { ...world.peek(), progress: data.day / data.days }
    else {
      const call = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.type === 'result') call?.resolve(data.result)
      else call?.reject(new Error(data.message))
    }
  }
  started.onerror = (event) => {
    trouble.value = `The worker that knows the people stopped (${event.message || 'it could not be loaded'}); it was started again.`
    restart()
  }
  return started
}

/** After a worker's death: everything that waited fails, and the run is opened again. */
export function restart(): void {
  worker?.terminate()
  worker = undefined
  for (const { reject } of waiting.values()) reject(new Error('overtaken'))
  waiting.clear()
  world.value = CLOSED
  pending = null
  open()
}

export function ask<C extends WorldCall>(call: C, args: WorldCalls[C]['args']): Promise<WorldCalls[C]['result']> {
  worker ??= start()
  const id = ++calls
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    worker!.postMessage({ id, call, args } satisfies WorldOrder)
  })
}

/** The scenario that is being opened. */
let pending: string | null = null

function open(): void {
  const key = worldKey.peek()
  if (world.peek().key === key) return
  pending = key
  world.value = { ...CLOSED }
  ask(
    'open',
    untracked(() => runOrder(scenario.value, scenario.value.seed)),
  )
    .then(({ digest, people }) => {
      if (key === worldKey.peek()) world.value = { key, progress: 1, failure: null, people, digest }
    })
    .catch((error: Error) => {
      if (error.message !== 'overtaken') world.value = { ...CLOSED, failure: error.message }
    })
}

let timer = 0
effect(() => {
  const key = worldKey.value
  if (watchers.value === 0) return
  untracked(() => {
    clearTimeout(timer)
    if (world.value.key === key || pending === key) return
    pending = null
    world.value = { ...CLOSED }
    timer = window.setTimeout(open, worker ? REST_MS : 0)
  })
})

/** For a view: keeps the people simulated as long as it is shown. */
export function useWorld(): WorldState {
  useEffect(() => {
    watchers.value++
    return () => {
      watchers.value--
    }
  }, [])
  return world.value
}

/** What a call gives for the open run and day; the last answer stays until the next is there, `fresh` says which it is. */
export function useAnswer<C extends WorldCall>(
  call: C,
  args: WorldCalls[C]['args'] | null,
): { value: WorldCalls[C]['result'] | null; fresh: boolean; failure: string | null } {
  const { key } = world.value
  const wanted = key === null || args === null ? null : JSON.stringify([key, call, args])
  const [state, setState] = useState<{
    of: string | null
    value: WorldCalls[C]['result'] | null
    failure: string | null
  }>({ of: null, value: null, failure: null })
  useEffect(() => {
    if (wanted === null) return
    let over = false
    ask(call, args!)
      .then((value) => !over && setState({ of: wanted, value, failure: null }))
      .catch(
        (error: Error) =>
          !over && error.message !== 'overtaken' && setState({ of: wanted, value: null, failure: error.message }),
      )
    return () => {
      over = true
    }
  }, [wanted])
  return {
    value: state.value,
    fresh: state.of === wanted && wanted !== null,
    failure: state.of === wanted ? state.failure : null,
  }
}

/** The day boundary that is looked at, for calls. */
export const lookedAt = day
