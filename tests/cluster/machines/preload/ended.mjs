/**
 * Ends a coordinator's process at a moment that is named by `FAULT` (`node --import`): `submitting` or `finishing`, and `before` or
 * `behind` what it does then. It submits with a write of tasks to the broker, and finishes with the manifest, then `_SUCCESS`.
 */
import fs, { writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

const [what, side, last] = (process.env.FAULT ?? '').split(' ')
const end = () => {
  writeSync(2, `ended ${side} ${what}\n`)
  process.kill(process.pid, 'SIGKILL')
}
if (isMainThread && what === 'submitting') {
  const { write } = Socket.prototype
  Socket.prototype.write = function (data, ...rest) {
    const isTask = String(data).includes('"places"') || String(data).includes('"task"')
    if (!isTask) return write.call(this, data, ...rest)
    if (side === 'before') end()
    const written = write.call(this, data, ...rest)
    // The kernel has it by then.
    setTimeout(end, 20)
    return written
  }
}
if (isMainThread && what === 'finishing') {
  const { renameSync } = fs
  fs.renameSync = (from, to) => {
    const isLast = String(to).endsWith(last)
    if (isLast && side === 'before') end()
    renameSync(from, to)
    if (isLast && side === 'behind') end()
  }
  syncBuiltinESMExports()
}
