/** A main thread that does nothing else for three seconds, again and again (`node --import`). */
import { isMainThread } from 'node:worker_threads'

let seed = Number(process.env.FAULT_SEED ?? 1)
const next = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
const block = () => {
  process.stderr.write('the event loop is blocked\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000)
  setTimeout(block, 500 + next() * 1500).unref()
}
if (isMainThread) setTimeout(block, 800 + next() * 1500).unref()
