import { Worker } from 'node:worker_threads'
import { builtFile } from '../../installation/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { buffersOf } from './day-memory.ts'
import type { Answer, MarketTask, Order } from './task.ts'

const FILE = builtFile('run', 'crew', 'worker.js')

interface Waiting {
  resolve(answer: Answer): void
  reject(error: Error): void
}

/**
 * One worker thread with the markets of one task, which it makes at once, before the first order comes. The task's
 * memory moves to it: its arrays are empty here afterwards.
 */
export class WorkerThread {
  readonly markets: readonly number[]
  private readonly worker: Worker
  private readonly waiting: Waiting[] = []
  private fault: Error | undefined

  constructor(task: MarketTask) {
    this.markets = task.markets
    this.worker = new Worker(FILE, {
      workerData: task,
      transferList: memoryOfTask(task),
    })
    this.worker.on('message', (answer: Answer) => {
      if (answer.order === 'failure') {
        const error = new MingleError(answer.code, answer.message)
        error.stack = answer.stack
        this.fail(error)
      } else {
        this.waiting.shift()?.resolve(answer)
      }
    })
    this.worker.on('error', (error) => this.fail(crash(error.message, error)))
    this.worker.on('messageerror', (error) => this.fail(crash(error.message, error)))
    this.worker.on('exit', (code) => this.fail(crash(`it ended with code ${code}`)))
  }

  /** Carries out an order; orders are answered one after another. */
  answer(order: Order): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.fault) return reject(this.fault)
      this.waiting.push({ resolve, reject })
      this.worker.postMessage(order)
    })
  }

  async dismiss(): Promise<void> {
    this.fail(crash('it was dismissed'))
    await this.worker.terminate()
  }

  private fail(error: Error): void {
    this.fault ??= error
    for (const { reject } of this.waiting.splice(0)) reject(this.fault)
  }
}

function memoryOfTask({ members, states = [] }: MarketTask): ArrayBuffer[] {
  return buffersOf([...members, ...states.flatMap(({ simulation, metrics }) => [simulation, metrics])])
}

function crash(what: string, cause?: Error): MingleError {
  const error = new MingleError('WORKER_FAILED', `a simulation worker stopped: ${what}`)
  if (cause?.stack) error.stack = cause.stack
  return error
}
