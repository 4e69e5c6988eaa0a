import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Pool, type Task } from '../../../../studio/page/engine/pool.ts'
import type { RatesAnswer, RatesOrder } from '../../../../studio/page/worker/protocol.ts'

/** A worker that answers when the test says so. */
class SilentWorker {
  static all: SilentWorker[] = []
  readonly orders: RatesOrder[] = []
  onmessage: ((event: { data: RatesAnswer }) => void) | undefined
  onerror: ((event: { message: string }) => void) | undefined

  constructor() {
    SilentWorker.all.push(this)
  }

  postMessage(order: RatesOrder): void {
    this.orders.push(order)
  }

  get last(): RatesOrder {
    return this.orders.at(-1)!
  }

  terminate(): void {}

  /** The run under way ends, or is given up. */
  end(type: 'done' | 'cancelled'): void {
    const job = this.orders.filter((order) => order.type === 'run').at(-1)!.job
    this.onmessage!({ data: type === 'done' ? { type, job, digest: 'd', ms: 1 } : { type, job } })
  }
}

const task = (id: string, rank: number, people: number): Task => ({
  id,
  rank,
  order: { input: { seed: id, count: people }, days: 10 },
})
const practice = (id: string, people: number): Task => ({ ...task(id, 1e6, people), isPractice: true })
const seedOf = (order: RatesOrder) => (order.type === 'run' ? order.input.seed : order.type)

beforeEach(() => {
  SilentWorker.all = []
  vi.stubGlobal('Worker', SilentWorker)
  vi.stubGlobal('window', globalThis)
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function started(size: number, tasks: readonly Task[]): { pool: Pool; heard: string[] } {
  const heard: string[] = []
  const pool = new Pool(size, {
    answer: (id, { type }) => heard.push(`${id} ${type}`),
    died: (id) => heard.push(`${id} died`),
  })
  pool.want(tasks, 5)
  vi.advanceTimersByTime(5)
  return { pool, heard }
}

it('practises while nothing is asked, and gives that up for what is', () => {
  const { pool } = started(1, [task('now', 0, 100), practice('p', 100)])
  const [worker] = SilentWorker.all
  expect(seedOf(worker!.last)).toBe('now')
  worker!.end('done')
  expect(seedOf(worker!.last)).toBe('p')
  pool.want([task('moved', 0, 100), practice('p', 100)], 5)
  expect(worker!.last.type).toBe('cancel')
  worker!.end('cancelled')
  vi.advanceTimersByTime(5)
  expect(seedOf(worker!.last)).toBe('moved')
})

it('practises no more once a worker has lived 120,000 person-days', () => {
  started(1, [task('now', 0, 11_000), practice('p', 1000), practice('q', 1000)])
  const [worker] = SilentWorker.all
  worker!.end('done')
  expect(seedOf(worker!.last)).toBe('p')
  worker!.end('done')
  expect(worker!.orders).toHaveLength(2)
})

it('practises beside nothing that was asked', () => {
  const { pool, heard } = started(2, [task('now', 0, 100), practice('p', 100), practice('q', 100)])
  const [first, second] = SilentWorker.all
  expect(second!.orders).toEqual([])
  first!.end('done')
  expect([first, second].map((worker) => seedOf(worker!.last))).toEqual(['p', 'q'])
  // What does not interrupt it leaves it alone.
  pool.want([practice('p', 100), practice('q', 100)], 5)
  vi.advanceTimersByTime(5)
  expect([first, second].map((worker) => seedOf(worker!.last))).toEqual(['p', 'q'])
  first!.end('done')
  expect(heard).toEqual(['now done'])
})

it('says nothing of a worker that dies of practice, and practises no more', () => {
  const { pool, heard } = started(1, [task('now', 0, 100), practice('p', 100), practice('q', 100)])
  SilentWorker.all[0]!.end('done')
  SilentWorker.all[0]!.onerror!({ message: 'out of memory' })
  const [, second] = SilentWorker.all
  expect(second!.orders).toEqual([])
  pool.want([task('moved', 0, 100), practice('p', 100), practice('q', 100)], 5)
  vi.advanceTimersByTime(5)
  expect(seedOf(second!.last)).toBe('moved')
  second!.end('done')
  expect(second!.orders).toHaveLength(1)
  expect(heard).toEqual(['now done', 'moved done'])
})

it('says nothing of a worker that dies of practice which a move has just given up', () => {
  const { pool, heard } = started(1, [task('now', 0, 100), practice('p', 100)])
  SilentWorker.all[0]!.end('done')
  pool.want([task('moved', 0, 100)], 5)
  SilentWorker.all[0]!.onerror!({ message: 'out of memory' })
  vi.advanceTimersByTime(5)
  SilentWorker.all[1]!.end('done')
  expect(heard).toEqual(['now done', 'moved done'])
})

it('practises no more after such a death when nothing was wanted meanwhile', () => {
  const wanted = [task('now', 0, 100), practice('p', 100)]
  const { pool } = started(1, wanted)
  SilentWorker.all[0]!.end('done')
  SilentWorker.all[0]!.onerror!({ message: 'out of memory' })
  pool.want([], 5)
  pool.want(wanted, 5)
  vi.advanceTimersByTime(5)
  const [, second] = SilentWorker.all
  expect(seedOf(second!.last)).toBe('now')
  second!.end('done')
  expect(second!.orders).toHaveLength(1)
})
