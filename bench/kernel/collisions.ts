/**
 * node dist/bench/kernel/collisions.js [KEYS]: looks for equal 64-bit states (the first two words) among KEYS keyed
 * streams, 10⁸ if not given, in bounded memory: the keys are made 16 times, each time those of one 16th of the first
 * word's range are kept and sorted. By chance one expects KEYS² / 2⁶⁵ equal pairs: 0.0003 for 10⁸.
 * The whole state of 128 bits cannot be equal for two keys of a purpose; see `StreamKeys`.
 */
import { argv, hrtime } from 'node:process'
import { Stream, StreamKeys } from '../../sim/kernel/index.ts'

const wanted = Number(argv[2] ?? 1e8)
const PARTS = 16
const PURPOSES = ['profile', 'rhythm', 'session', 'decide'] as const
const DAYS = 90
const OBJECTS = 10
/** Keys per person: of each purpose one for the person, and for each day one and ten of objects. */
const PER_PERSON = PURPOSES.length * (1 + DAYS * (1 + OBJECTS))
const people = Math.ceil(wanted / PER_PERSON)

const keys = new StreamKeys('collisions', PURPOSES)
const stream = new Stream()
/** The kept keys of one part: the first two words of the state as one integer. */
const kept = new BigUint64Array(Math.ceil(((people * PER_PERSON) / PARTS) * 1.05) + 1000)
const halves = new Uint32Array(kept.buffer)
let count = 0
let total = 0

function note(part: number): void {
  const [s0, s1] = stream.save()
  total++
  if (s0! >>> 28 !== part) return
  halves[count * 2] = s1!
  halves[count * 2 + 1] = s0!
  count++
}

function makeAll(part: number): void {
  for (let k = 1; k <= people; k++) {
    for (let purpose = 0; purpose < PURPOSES.length; purpose++) {
      keys.person(stream, purpose, k)
      note(part)
      for (let day = 0; day < DAYS; day++) {
        keys.day(stream, purpose, k, day)
        note(part)
        for (let object = 1; object <= OBJECTS; object++) {
          keys.object(stream, purpose, k, day, k + object)
          note(part)
        }
      }
    }
  }
}

const before = hrtime.bigint()
let collisions = 0
for (let part = 0; part < PARTS; part++) {
  count = 0
  total = 0
  makeAll(part)
  const sorted = kept.subarray(0, count).sort()
  for (let i = 1; i < count; i++) if (sorted[i] === sorted[i - 1]) collisions++
}
const seconds = Number(hrtime.bigint() - before) / 1e9
console.log(
  `keys=${total} collisions=${collisions} expected=${(total ** 2 / 2 ** 65).toFixed(4)} sec=${seconds.toFixed(0)}`,
)
