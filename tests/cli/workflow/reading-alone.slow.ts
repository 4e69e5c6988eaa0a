import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareSnake } from '../../persist/mapping/site.ts'
import { Workplace } from '../command-line.ts'
import { mapFolder } from '../site.ts'

const program = join(import.meta.dirname, '../../../dist/cli/mingle.js')
const root = process.getuid?.() === 0
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

const reference = new Workplace()
const mapped = new Workplace()
const PLACES = { 'the reference schema': reference, "a site's own schema": mapped }

/** To root every folder can be written; somebody else must be able to read this one. */
function asNobody(): readonly string[] | null {
  if (!root) return process.platform === 'win32' ? null : []
  const [command, ...args] = NOBODY
  const { status } = spawnSync(command!, [
    ...args,
    process.execPath,
    '-e',
    `require('fs').accessSync(${JSON.stringify(program)})`,
  ])
  return status === 0 ? NOBODY : null
}

function mounts(): boolean {
  if (!root || process.platform !== 'linux') return false
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/tmp']).status === 0
}

const AS = asNobody()
if (!AS) console.log('Nobody can read this folder but root: folders without the right to write are left out.')
const MOUNTS = mounts()
if (!MOUNTS) console.log('No file system can be mounted here: read-only ones are left out.')

/** Ways to call the command line in a folder in which nothing can be written. */
const WAYS: Readonly<Record<string, (folder: string, args: readonly string[]) => readonly string[]>> = {
  ...(AS && { 'a folder that is not ours': (_, args) => [...AS, process.execPath, program, ...args] }),
  ...(MOUNTS && {
    'a read-only file system': (folder, args) => [
      ...[
        'unshare',
        '-m',
        'sh',
        '-c',
        'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"',
        folder,
      ],
      ...[process.execPath, program, ...args],
    ],
  }),
}

function call(way: string, { folder }: Workplace, args: readonly string[]) {
  const [command, ...rest] = WAYS[way]!(folder, args) as [string, ...string[]]
  const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...env } = process.env
  return spawnSync(command, rest, { cwd: folder, env: { ...env, HOME: '/nonexistent' }, encoding: 'utf8' })
}

beforeAll(async () => {
  mapFolder(mapped.folder, 'mingle.config.mjs')
  await prepareSnake(join(mapped.folder, 'mingle.db'))
  for (const place of Object.values(PLACES)) {
    const { code, stderr } = await place.mingle(['run', '--run-seed', 'kept', '--count', '40', '--days', '3'])
    expect(code, stderr).toBe(0)
    execFileSync('chmod', ['-R', 'a+rX,a-w', place.folder])
  }
})
afterAll(() => {
  for (const place of Object.values(PLACES)) {
    chmodSync(place.folder, 0o755)
    place.remove()
  }
})

describe.each(Object.keys(PLACES) as (keyof typeof PLACES)[])('%s', (schema) => {
  it.each(Object.keys(WAYS))('is read where nothing can be written: %s', (way) => {
    const before = readdirSync(PLACES[schema].folder).sort()
    const runs = call(way, PLACES[schema], ['runs', '--json'])
    expect(runs.status, runs.stderr).toBe(0)
    expect(JSON.parse(runs.stdout).runs).toMatchObject([{ seed: 'kept', people: 40, days: 3 }])
    const verify = call(way, PLACES[schema], ['verify', '--json'])
    expect(verify.status, verify.stderr).toBe(0)
    expect(JSON.parse(verify.stdout)).toMatchObject({ difference: null })
    const validate = call(way, PLACES[schema], ['validate', '--json'])
    expect(validate.status, validate.stderr).toBe(0)
    expect(JSON.parse(validate.stdout)).toMatchObject({ passed: true })
    const extend = call(way, PLACES[schema], ['extend', '--days', '1'])
    expect(extend.status, extend.stderr).toBe(2)
    expect(extend.stderr).toMatch(/cannot be written|read-only/)
    expect(extend.stderr).not.toContain('not expected')
    expect(readdirSync(PLACES[schema].folder).sort()).toEqual(before)
    expect(existsSync(join(PLACES[schema].folder, 'mingle.db-wal'))).toBe(false)
  })
})
