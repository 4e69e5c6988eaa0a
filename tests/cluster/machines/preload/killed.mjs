/**
 * Ends its process at the moments that count (`node --import`): when all data of a task is there and its manifest is not, or when the
 * manifest is and the queue has not heard of it. A manifest is the one file that is linked rather than renamed.
 */
import { readdirSync, writeFileSync, writeSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

let seed = Number(process.env.FAULT_SEED ?? 1)
const next = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
/** Of the moments behind a manifest that end the process. */
const share = Number(process.env.FAULT_SHARE ?? 0)
/** A folder that tells which of the first tasks of either pass have ended processes before their manifests, and how often. */
const tally = process.env.FAULT_TALLY
const deaths = Number(process.env.FAULT_DEATHS ?? 0)
const tasksOfAPass = Number(process.env.FAULT_TASKS ?? 0)
const endsBefore = (key) => {
  const [, pass, group] = /pass-(\d)\/0*(\d+)-/.exec(key) ?? []
  if (pass === undefined || Number(group) >= tasksOfAPass) return false
  const name = `${pass} ${group} `
  const had = readdirSync(tally).filter((each) => each.startsWith(name)).length
  if (had < deaths) writeFileSync(`${tally}/${name}${had}`, '')
  return had < deaths
}
const end = (moment) => {
  writeSync(2, `killed ${moment} the manifest\n`)
  process.kill(process.pid, 'SIGKILL')
}
const { link } = promises
promises.link = async (from, to) => {
  if (tally && endsBefore(to)) end('before')
  await link(from, to)
  if (next() < share) end('behind')
}
syncBuiltinESMExports()
