/** A machine on which a folder is not mounted (`node --import`): nothing in it is there. */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const folder = process.env.FAULT_UNMOUNTED
const isIn = (path) => typeof path === 'string' && path.startsWith(folder)
const { existsSync } = fs
fs.existsSync = (path) => !isIn(path) && existsSync(path)
for (const name of ['readFile', 'readdir', 'stat', 'open']) {
  const real = promises[name]
  promises[name] = async (path, ...rest) => {
    if (isIn(path))
      throw Object.assign(new Error(`ENOENT: no such file or directory, ${name} '${path}'`), { code: 'ENOENT' })
    return real(path, ...rest)
  }
}
syncBuiltinESMExports()
