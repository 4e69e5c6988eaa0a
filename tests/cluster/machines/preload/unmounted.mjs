/** A machine on which a folder is not mounted (`node --import`): nothing in it is there, until a file says that it is mounted. */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const { FAULT_UNMOUNTED: folder, FAULT_MOUNTED_BY: mounted } = process.env
const { existsSync } = fs
const isIn = (path) =>
  typeof path === 'string' && path.startsWith(folder) && !(mounted !== undefined && existsSync(mounted))
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
