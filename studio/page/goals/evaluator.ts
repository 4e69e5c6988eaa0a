import type { RunInput } from '../../../sim/index.ts'
import type { RatesAnswer, RatesOrder } from '../worker/protocol.ts'

/** A run whose rates are wanted. */
interface Asked {
  readonly input: RunInput
  readonly days: number
  readonly resolve: (values: Float64Array) => void
  readonly reject: (error: Error) => void
}

/** Simulates one run after another on workers of its own, for their rates at the end. */
export class Evaluator {
  private readonly workers: { worker: Worker; asked: Asked | null; last: Float64Array | null }[] = []
  private readonly queue: Asked[] = []
  private jobs = 0
  runs = 0

  constructor(size: number) {
    for (let i = 0; i < size; i++) {
      const worker = new Worker(new URL('../worker/rates.ts', import.meta.url), { type: 'module', name: 'goals' })
      const slot = { worker, asked: null as Asked | null, last: null as Float64Array | null }
      worker.onmessage = ({ data }: MessageEvent<RatesAnswer>) => {
        if (data.type === 'day') slot.last = data.values
        else if (data.type === 'done') {
          this.runs++
          slot.asked?.resolve(slot.last!)
        } else if (data.type === 'failed') slot.asked?.reject(new Error(data.message))
        if (data.type !== 'done' && data.type !== 'failed') return
        slot.asked = null
        this.next()
      }
      worker.onerror = (event) => {
        slot.asked?.reject(new Error(event.message || 'a worker stopped'))
        slot.asked = null
      }
      this.workers.push(slot)
    }
  }

  /** Every metric of `METRICS` after the last day, `WORDS` numbers each. */
  run(input: RunInput, days: number): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, days, resolve, reject })
      this.next()
    })
  }

  close(): void {
    for (const { worker } of this.workers) worker.terminate()
    this.queue.length = 0
  }

  private next(): void {
    for (const slot of this.workers) {
      if (slot.asked) continue
      const asked = this.queue.shift()
      if (!asked) return
      slot.asked = asked
      slot.last = null
      slot.worker.postMessage({
        type: 'run',
        job: ++this.jobs,
        input: asked.input,
        days: asked.days,
      } satisfies RatesOrder)
    }
  }
}
