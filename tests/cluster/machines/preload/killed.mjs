/**
 * Kills its process at the moments that count (`node --import`): when all data of a task is there and its manifest is not, or when the
 * manifest is and the queue has not heard of it. A manifest is the one file that is linked rather than renamed.
 */
import { writeSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

let seed = Number(process.env.FAULT_SEED ?? 1)
const next = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
/** Of the moments before a manifest, and of those behind it, that end the process. */
const share = Number(process.env.FAULT_SHARE ?? 0.2)
const end = (moment) => {
  writeSync(2, `killed ${moment} the manifest\n`)
  process.kill(process.pid, 'SIGKILL')
}
const { link } = promises
promises.link = async (from, to) => {
  const draw = next()
  if (draw < share) end('before')
  await link(from, to)
  if (draw > 1 - share) end('behind')
}
syncBuiltinESMExports()
