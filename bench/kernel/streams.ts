/** node dist/bench/kernel/streams.js: what a draw and a key cost. */
import { bench, do_not_optimize, run, summary } from 'mitata'
import { AliasTable, Hash128, hex128, log, makeRng, pow, Stream, StreamKeys, sin } from '../../sim/kernel/index.ts'

const stream = makeRng('streams')
const keys = new StreamKeys('demo-2024', ['profile', 'rhythm', 'decide'])
const table = new AliasTable(Float64Array.from({ length: 50 }, (_, i) => i + 1))
const words = Int32Array.from({ length: 4096 }, () => stream.nextInt32())
let k = 0

summary(() => {
  bench('nextUint32', () => do_not_optimize(stream.nextUint32()))
  bench('next', () => do_not_optimize(stream.next()))
  bench('nextInt(1000)', () => do_not_optimize(stream.nextInt(1000)))
  bench('exponential', () => do_not_optimize(stream.exponential(1)))
  bench('normal', () => do_not_optimize(stream.normal()))
  bench('lognormal', () => do_not_optimize(stream.lognormal(0, 1)))
  bench('alias table of 50', () => do_not_optimize(table.draw(stream)))
  bench('Math.random', () => do_not_optimize(Math.random()))
})
summary(() => {
  bench('key of a person', () => do_not_optimize(keys.person(stream, 1, k++)))
  bench('key of an object', () => do_not_optimize(keys.object(stream, 2, k++, 30, 77)))
  bench('number of an object', () => do_not_optimize(keys.uniform(2, k++, 30, 77)))
  bench('key of a day and its first number', () => do_not_optimize(keys.day(stream, 2, k++, 30).next()))
})
summary(() => {
  bench('log', () => do_not_optimize(log(1 + k++)))
  bench('Math.log', () => do_not_optimize(Math.log(1 + k++)))
  bench('pow', () => do_not_optimize(pow(1 + (k++ & 1023), 0.37)))
  bench('sin', () => do_not_optimize(sin(k++ & 1023)))
})
bench('Hash128 of 4096 words', () => {
  const hash = new Hash128()
  hash.update(words)
  return hash.digest()
})
await run()

const hash = new Hash128()
for (let i = 0; i < 1000; i++) {
  const keyed = keys.object(new Stream(), i % 3, i, i * 7, -i)
  hash.update(new Int32Array(Float64Array.of(keyed.next(), keyed.normal(), keyed.exponential(1)).buffer))
}
console.log(`hash=${hex128(hash.digest())}`)
