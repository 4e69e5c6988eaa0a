/**
 * Loaded in front of the program (`--import`): ends the process by SIGKILL at one moment of its writing, told by MOMENT, the
 * NTH time that it comes, DELAY milliseconds in. It changes nothing else, but for `checkpoint`, for which every log is long.
 */
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'

const { MOMENT, NTH, DELAY, MODULES } = process.env
const require = createRequire(MODULES)
let left = Number(NTH)

function die() {
  process.kill(process.pid, 'SIGKILL')
}

/** Calls `soon` the NTH time. */
function at(moment, soon = () => setTimeout(die, Number(DELAY))) {
  if (moment === MOMENT && --left === 0) soon()
}

// In the middle of an image: what was written of it stays.
const { openSync, writeSync, statSync } = fs
const images = new Set()
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest)
  if (/-image-\d+-/.test(String(path))) images.add(descriptor)
  return descriptor
}
fs.writeSync = (descriptor, ...rest) => {
  if (images.has(descriptor)) at('image', die)
  return writeSync(descriptor, ...rest)
}
fs.statSync = (path, ...rest) => {
  const found = statSync(path, ...rest)
  if (MOMENT === 'checkpoint' && found && String(path).endsWith('-wal')) found.size *= 1000
  return found
}
syncBuiltinESMExports()

// Two days under way on two sessions: the second is copied, waits for the first, is left alone by it, is committed.
const pg = require('pg')
const { query } = pg.Client.prototype
pg.Client.prototype.query = function (given, ...rest) {
  const sql = given?.text ?? given?.cursor?.text ?? given
  const done = query.call(this, given, ...rest)
  if (typeof sql !== 'string') return done
  if (sql.startsWith('COPY "feed_seen"')) at('both')
  if (sql.startsWith('SELECT FROM seed_runs')) at('waiting')
  return sql === 'COMMIT' ? done.finally(() => at('between')) : done
}

const Sync = require('libsql')
const { prepare } = Sync.prototype
Sync.prototype.prepare = function (sql) {
  if (sql.startsWith('ATTACH')) at('attach', die)
  return prepare.call(this, sql)
}

const Aside = require('libsql/promise')
const { exec } = Aside.prototype
Aside.prototype.exec = function (sql) {
  const done = exec.call(this, sql)
  if (sql.startsWith('INSERT INTO main')) at('copy')
  if (sql.includes('wal_checkpoint')) at('checkpoint')
  return sql === 'COMMIT' ? done.then(() => at('commit', die)) : done
}
