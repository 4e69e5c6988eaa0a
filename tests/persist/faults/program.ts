import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Target } from './targets.ts'

const program = join(import.meta.dirname, '../../../dist/cli/mingle.js')

export interface Ended {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null
  readonly stderr: string
  readonly seconds: number
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export const SEED = 'faults'

/** @param shell put before the command, such as `ulimit -f 4000` */
export function start(target: Target, args: readonly string[], shell?: string): Started {
  const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...env } = process.env
  const all = [program, ...args, '--run-seed', SEED, '--database-url', target.url, ...target.writer]
  const command: [string, string[]] =
    shell === undefined
      ? [process.execPath, all]
      : ['bash', ['-c', `${shell}; exec "$@"`, '-', process.execPath, ...all]]
  const begun = performance.now()
  const child = spawn(...command, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stderr, seconds: (performance.now() - begun) / 1000 }))
  })
  return { child, ended }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
