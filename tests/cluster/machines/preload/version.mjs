/** A Mingle of another version (`node --import`): its `package.json` says so. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { readFileSync } = fs
fs.readFileSync = (path, ...rest) => {
  const read = readFileSync(path, ...rest)
  if (!String(path).endsWith('package.json') || typeof read !== 'string') return read
  return read.replace(/"version": "[^"]+"/, `"version": "${process.env.FAULT_VERSION}"`)
}
syncBuiltinESMExports()
