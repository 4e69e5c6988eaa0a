import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Target } from './targets.ts'

const program = join(import.meta.dirname, '../../../dist/cli/mingle.js')
const library = join(import.meta.dirname, '../../../dist/persist/index.js')

export interface Ended {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
  readonly seconds: number
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Whether it goes on. */
  readonly running: () => boolean
}

export interface StartOptions {
  /** Put before the command, such as `ulimit -f 4000`. */
  readonly shell?: string
  readonly seed?: string
  /** Ends itself at a moment of its writing (`die-at.mjs`), the `nth` time, `delay` milliseconds in. */
  readonly dying?: { readonly moment: string; readonly nth: number; readonly delay: number }
}

const dieAt = join(import.meta.dirname, 'die-at.mjs')

export const SEED = 'faults'

export function start(
  target: Target,
  args: readonly string[],
  { shell, seed = SEED, dying }: StartOptions = {},
): Started {
  const all = [program, ...args, '--run-seed', seed, '--database-url', target.url, ...target.writer]
  if (dying) {
    const { moment, nth, delay } = dying
    const told = { MOMENT: moment, NTH: `${nth}`, DELAY: `${delay}`, MODULES: program }
    return spawned(process.execPath, ['--import', dieAt, ...all], told)
  }
  return shell === undefined
    ? spawned(process.execPath, all)
    : spawned('bash', ['-c', `${shell}; exec "$@"`, '-', process.execPath, ...all])
}

/** The command line resets by transactions; this one does it statement by statement. */
export function startReset(target: Target, what: 'all' | 'activity'): Started {
  const script = `
    const { openStore } = await import(process.argv[1])
    const store = await openStore(process.argv[2], { writer: 'prisma' })
    await store.reset(1, '${what}')
    await store.close()`
  return spawned(process.execPath, ['--input-type=module', '-e', script, library, target.url])
}

function spawned(command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Started {
  const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...env } = process.env
  const begun = performance.now()
  const child = spawn(command, args, { env: { ...env, ...more }, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  let running = true
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running = false
      resolve({ code, signal, stderr, seconds: (performance.now() - begun) / 1000 })
    })
  })
  return { child, ended, running: () => running }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
