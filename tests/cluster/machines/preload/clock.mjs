/** A clock that jumps by up to five minutes to either side, again and again (`node --import`). */
const real = Date.now
const Real = Date
let seed = Number(process.env.FAULT_SEED ?? 1)
let shift = 0
const next = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
const now = () => real() + shift
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(now())
    else super(...given)
  }
  static now() {
    return now()
  }
}
const jump = () => {
  shift = Math.round((next() * 2 - 1) * 300_000)
  if (process.env.CLOCK_SAID) process.stderr.write(`the clock jumps to ${shift} ms\n`)
  setTimeout(jump, 200 + next() * 800).unref()
}
jump()
