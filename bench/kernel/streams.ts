/** node dist/bench/kernel/streams.js: what a draw and a key cost, beside what V8 has. */
import { measure } from 'mitata'
import { AliasTable, Hash128, hex128, log, pow, Stream, StreamKeys, sin } from '../../sim/kernel/index.ts'
import { parse, program } from '../options.ts'
import { type BenchRecord, report } from '../record.ts'

/** So many results of each are hashed before it is measured. */
const HASHED = 1000

const stream = new Stream()
const keys = new StreamKeys('demo-2024', ['profile', 'rhythm', 'decide'])
const table = new AliasTable(Float64Array.from({ length: 50 }, (_, i) => i + 1))
const words = Int32Array.from({ length: 4096 }, (_, i) => Math.imul(i + 1, 0x9e3779b1))
let k = 0
/** Where results go, so that V8 does not leave out what makes them. */
const sink: { last: number | Stream } = { last: 0 }

/** Each its own function, store included: a call through a common wrapper would cost more than a draw. */
const OURS: Readonly<Record<string, () => void>> = {
  nextUint32: () => (sink.last = stream.nextUint32()),
  next: () => (sink.last = stream.next()),
  'nextInt(1000)': () => (sink.last = stream.nextInt(1000)),
  exponential: () => (sink.last = stream.exponential(1)),
  normal: () => (sink.last = stream.normal()),
  lognormal: () => (sink.last = stream.lognormal(0, 1)),
  'alias table of 50': () => (sink.last = table.draw(stream)),
  'key of a person': () => (sink.last = keys.person(stream, 1, k++)),
  'key of an object': () => (sink.last = keys.object(stream, 2, k++, 30, 77)),
  'number of an object': () => (sink.last = keys.uniform(2, k++, 30, 77)),
  'key of a day and its first number': () => (sink.last = keys.day(stream, 2, k++, 30).next()),
  log: () => (sink.last = log(1 + k++)),
  pow: () => (sink.last = pow(1 + (k++ & 1023), 0.37)),
  sin: () => (sink.last = sin(k++ & 1023)),
  'Hash128 of 4096 words': () => {
    const hash = new Hash128()
    hash.update(words)
    sink.last = hash.digest()[0]!
  },
}
/** Not hashed: their last bits are V8's affair. */
const NATIVE: Readonly<Record<string, () => void>> = {
  'Math.random': () => (sink.last = Math.random()),
  'Math.log': () => (sink.last = Math.log(1 + k++)),
}

function start(): void {
  keys.person(stream, 0, 1)
  k = 0
}

/** Hash of the first results of one of ours. */
export function hashOf(name: string): string {
  start()
  const hash = new Hash128()
  for (let i = 0; i < HASHED; i++) {
    OURS[name]!()
    const number = typeof sink.last === 'number' ? sink.last : sink.last.next()
    hash.update(new Int32Array(Float64Array.of(number).buffer))
  }
  return hex128(hash.digest())
}

export async function streamFigure(name: string): Promise<BenchRecord> {
  const hash = OURS[name] ? hashOf(name) : 'none'
  start()
  const { p25, p50, p75 } = await measure((OURS[name] ?? NATIVE[name])!)
  return { name: `streams, ${name}`, value: p50, low: p25, high: p75, unit: 'ns', method: 'mitata', hash }
}

await program(import.meta.url, 'node dist/bench/kernel/streams.js', async (args) => {
  parse(args, {}, 0)
  for (const name of [...Object.keys(OURS), ...Object.keys(NATIVE)]) report(await streamFigure(name))
})
