import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { builtFile } from '../../installation/index.ts'
import { carryOut, type Task } from '../studies/index.ts'
import type { Done, TaskPool } from './task-pool.ts'
import type { TaskAnswer } from './worker.ts'

export interface ThreadPoolOptions {
  /** Threads; default: the cores. 0: none but the calling one. */
  readonly workers?: number | undefined
  /** After it is aborted no further task is begun; those under way are finished. */
  readonly signal?: AbortSignal | undefined
}

const FILE = builtFile('experiments', 'pool', 'worker.js')

/**
 * Worker threads that live as long as the experiment, so that each is compiled and warm but once.
 */
export class ThreadPool implements TaskPool {
  private readonly idle: Thread[] = []
  private readonly size: number
  private readonly signal: AbortSignal | undefined

  constructor({ workers, signal }: ThreadPoolOptions = {}) {
    this.size = workers ?? availableParallelism()
    this.signal = signal
  }

  async run(
    tasks: readonly Task[],
    onDone: (at: number, done: Done) => void,
    known: ReadonlySet<number> = new Set(),
  ): Promise<(Done | null)[]> {
    const results = new Array<Done | null>(tasks.length).fill(null)
    const open = [...tasks.keys()].filter((at) => !known.has(at))
    let next = 0
    const serve = async (): Promise<void> => {
      while (next < open.length && !this.signal?.aborted) {
        const at = open[next++]!
        const done = this.size === 0 ? await this.here(tasks[at]!) : await this.there(tasks[at]!)
        results[at] = done
        onDone(at, done)
      }
    }
    await Promise.all(Array.from({ length: Math.max(1, Math.min(this.size, open.length)) }, serve))
    return results
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((thread) => thread.dismiss()))
  }

  /** Lets the event loop turn first: a Ctrl-C would otherwise wait for the end of all. */
  private async here(task: Task): Promise<Done> {
    await setImmediate()
    try {
      return { result: carryOut(task) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }

  private async there(task: Task): Promise<Done> {
    const thread = this.idle.pop() ?? new Thread()
    const done = await thread.carryOut(task)
    if (thread.alive) this.idle.push(thread)
    return done
  }
}

/** One worker thread. One that dies (out of memory, say) costs its task and is not used again. */
class Thread {
  alive = true
  private readonly worker = new Worker(FILE)
  private settle: (done: Done) => void = () => undefined

  constructor() {
    this.worker.on('message', ({ result, error }: TaskAnswer) =>
      this.settle(error === undefined ? { result: result! } : { error }),
    )
    this.worker.on('error', (error) => this.die(`the worker stopped: ${error.message}`))
    this.worker.on('exit', (code) => this.die(`the worker ended with code ${code}`))
  }

  carryOut(task: Task): Promise<Done> {
    return new Promise((resolve) => {
      this.settle = resolve
      this.worker.postMessage(task)
    })
  }

  async dismiss(): Promise<void> {
    await this.worker.terminate()
  }

  private die(why: string): void {
    this.alive = false
    this.settle({ error: why })
  }
}
