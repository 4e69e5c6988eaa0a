import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { keyOf, type Scenario } from '../model/scenario.ts'
import { baseline, scenario } from '../model/store.ts'
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

/** One run with all its people, in a worker of its own: simulated as long as somebody looks at it. */
class World {
  readonly state = signal<WorldState>(CLOSED)
  private readonly run: ReadonlySignal<Scenario>
  /** Views that look at people now: without any, none are simulated. */
  private readonly watchers = signal(0)
  private worker: Worker | undefined
  private calls = 0
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  /** The scenario that is being opened. */
  private pending: string | null = null
  private timer = 0

  constructor(run: ReadonlySignal<Scenario>) {
    this.run = run
    effect(() => {
      const { source } = run.value
      const key = this.key()
      if (this.watchers.value === 0 || (source !== null && source.given === null)) return
      untracked(() => this.follow(key))
    })
  }

  watch(): () => void {
    this.watchers.value++
    return () => {
      this.watchers.value--
    }
  }

  ask<C extends WorldCall>(call: C, args: WorldCalls[C]['args']): Promise<WorldCalls[C]['result']> {
    this.worker ??= this.start()
    const id = ++this.calls
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.worker!.postMessage({ id, call, args } satisfies WorldOrder)
    })
  }

  private key(): string {
    return `${this.run.value.seed}\n${keyOf(this.run.value)}`
  }

  private follow(key: string): void {
    clearTimeout(this.timer)
    if (this.state.value.key === key || this.pending === key) return
    this.pending = null
    this.state.value = CLOSED
    this.timer = window.setTimeout(() => this.open(), this.worker ? REST_MS : 0)
  }

  private open(): void {
    const run = this.run.peek()
    const key = untracked(() => this.key())
    if (this.state.peek().key === key) return
    this.pending = key
    this.state.value = CLOSED
    this.ask('open', runOrder(run, run.seed))
      .then(({ digest, people }) => {
        if (key === untracked(() => this.key())) this.state.value = { key, progress: 1, failure: null, people, digest }
      })
      .catch((error: Error) => {
        if (error.message !== 'overtaken') this.state.value = { ...CLOSED, failure: error.message }
      })
  }

  private start(): Worker {
    const started = new Worker(new URL('../worker/world/world.ts', import.meta.url), { type: 'module', name: 'world' })
    started.onmessage = ({ data }: MessageEvent<WorldAnswer>) => {
      if (data.type === 'progress') this.state.value = { ...this.state.peek(), progress: data.day / data.days }
      else {
        const call = this.waiting.get(data.id)
        this.waiting.delete(data.id)
        if (data.type === 'result') call?.resolve(data.result)
        else call?.reject(new Error(data.message))
      }
    }
    started.onerror = (event) => {
      trouble.value = `The worker that knows the people stopped (${event.message || 'it could not be loaded'}); it was started again.`
      this.restart()
    }
    return started
  }

  /** After a worker's death: everything that waited fails, and the run is opened again. */
  private restart(): void {
    this.worker?.terminate()
    this.worker = undefined
    for (const { reject } of this.waiting.values()) reject(new Error('overtaken'))
    this.waiting.clear()
    this.state.value = CLOSED
    this.pending = null
    this.open()
  }
}

const nowWorld = new World(scenario)
/** The pinned baseline's people, for what is drawn behind the run's. */
export const baseWorld = new World(baseline)

export const world: ReadonlySignal<WorldState> = nowWorld.state
export const ask = nowWorld.ask.bind(nowWorld) as World['ask']

/** For a view: keeps the people simulated as long as it is shown. @param wanted whether it looks at them at all */
export function useWorld(of: World = nowWorld, wanted = true): WorldState {
  useEffect(() => (wanted ? of.watch() : undefined), [of, wanted])
  return of.state.value
}

/** What a call gives for the open run; the last answer stays until the next is there, `fresh` says which it is. */
export function useAnswer<C extends WorldCall>(
  call: C,
  args: WorldCalls[C]['args'] | null,
  of: World = nowWorld,
): { value: WorldCalls[C]['result'] | null; fresh: boolean; failure: string | null } {
  const { key } = of.state.value
  const wanted = key === null || args === null ? null : JSON.stringify([key, call, args])
  const [state, setState] = useState<{
    of: string | null
    value: WorldCalls[C]['result'] | null
    failure: string | null
  }>({ of: null, value: null, failure: null })
  useEffect(() => {
    if (wanted === null) return
    let over = false
    of.ask(call, args!)
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
