import { badInput } from '../error.ts'
import { Hash128, textWords } from '../hash128.ts'
import { Stream } from './stream.ts'
import { StreamKeys } from './stream-keys.ts'

/** A stream of its own from any text. */
export function makeRng(seed: string): Stream {
  const hash = new Hash128()
  hash.update(textWords(seed))
  const words = hash.digest()
  return new Stream(words[0], words[1], words[2], words[3])
}

/** Person `k`'s stream for a namespace: the one the engine draws from for the purpose of that name. */
export function makeUserRng(runSeed: string, k: number | bigint, namespace: string): Stream {
  return new StreamKeys(runSeed, [namespace]).person(new Stream(), 0, personNumber(k))
}

/** Person `k`'s stream for a namespace on one day (0 is the first), as `StreamKeys.day` gives it. */
export function makeDayRng(runSeed: string, k: number | bigint, day: number, namespace: string): Stream {
  if ((day | 0) !== day)
    throw badInput(`a day is an integer of 32 bits, 0 for the first of the run, not ${String(day)}`)
  return new StreamKeys(runSeed, [namespace]).day(new Stream(), 0, personNumber(k), day)
}

function personNumber(k: number | bigint): number {
  const number = Number(k)
  if ((number | 0) !== number || number < 0) {
    throw badInput(`a person's number is an integer from 1 to 2147483647, not ${k}; it is never a row id`)
  }
  return number
}
