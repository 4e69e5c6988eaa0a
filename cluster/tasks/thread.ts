import { Worker } from 'node:worker_threads'
import { builtFile } from '../../installation/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Batch, BatchResult } from '../batches/batch.ts'
import type { Outcome } from '../plan/outcome.ts'
import type { TaskListener, TaskOrder } from './carry-out.ts'

/** What a thread says of its task; the last is how it ended. */
export type TaskNews =
  | { readonly done: number; readonly of: number }
  | { readonly outcome: Outcome | BatchResult }
  | { readonly code: string; readonly message: string; readonly stack: string }

const FILE = builtFile('cluster', 'tasks', 'worker.js')

interface UnderWay {
  readonly told: TaskListener
  resolve(outcome: Outcome | BatchResult): void
  reject(error: Error): void
}

/**
 * A thread that carries out tasks, one at a time, so that the calling thread is always free to answer: to renew locks, to
 * stop. It is kept from task to task, as its code has become quick by then.
 */
export class TaskThread {
  #worker: Worker | undefined
  #underWay: UnderWay | undefined

  /** @param signal ends the task at once, and whatever the thread has in memory with it */
  async carryOut<Order extends TaskOrder | Batch>(
    order: Order,
    told: TaskListener = () => {},
    signal?: AbortSignal,
  ): Promise<Order extends TaskOrder ? Outcome : BatchResult> {
    const abort = () => this.#end(new MingleError('ABORTED', 'the task was given up'))
    const outcome = new Promise<Outcome | BatchResult>((resolve, reject) => {
      this.#underWay = { told, resolve, reject }
    })
    if (signal?.aborted) abort()
    else {
      signal?.addEventListener('abort', abort)
      this.#worker ??= this.#start()
      this.#worker.postMessage(order)
    }
    try {
      return (await outcome) as Order extends TaskOrder ? Outcome : BatchResult
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async dismiss(): Promise<void> {
    await this.#end(new MingleError('ABORTED', 'the task was given up'))
  }

  #start(): Worker {
    const worker = new Worker(FILE)
    worker.on('message', (news: TaskNews) => {
      if (worker !== this.#worker) return
      const underWay = this.#underWay
      if ('of' in news) return underWay?.told(news.done, news.of)
      this.#underWay = undefined
      if ('outcome' in news) underWay?.resolve(news.outcome)
      else underWay?.reject(Object.assign(new MingleError(news.code, news.message), { stack: news.stack }))
    })
    const broken = (error: Error) => {
      if (worker === this.#worker) void this.#end(error)
    }
    worker.on('error', (error) => broken(crash(error.message, error)))
    worker.on('exit', (code) => broken(crash(`it ended with code ${code}`)))
    return worker
  }

  async #end(error: Error): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#underWay?.reject(error)
    this.#underWay = undefined
    await worker?.terminate()
  }
}

function crash(what: string, cause?: Error): MingleError {
  const error = new MingleError('WORKER_FAILED', `the thread of a task stopped: ${what}`)
  if (cause?.stack) error.stack = cause.stack
  return error
}
