import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../dist/cli/mingle.js')

export interface Outcome {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** An empty folder in which the real command line runs, as a process of its own. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingle-cli-'))

  mingle(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
    return this.start(args, env).outcome
  }

  /** Where no file may become larger. @param kilobytes as `ulimit -f` of bash takes them */
  mingleWithin(kilobytes: number, args: readonly string[]): Promise<Outcome> {
    return this.#spawned('bash', ['-c', `ulimit -f ${kilobytes}; exec "$0" "$@"`, process.execPath, program, ...args])
      .outcome
  }

  /** Starts it and lets the test watch and disturb it. */
  start(args: readonly string[], env: Record<string, string> = {}): { child: ChildProcess; outcome: Promise<Outcome> } {
    return this.#spawned(process.execPath, [program, ...args], env)
  }

  #spawned(
    file: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ): { child: ChildProcess; outcome: Promise<Outcome> } {
    const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...inherited } = process.env
    const child = spawn(file, args, {
      cwd: this.folder,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    })
    return { child, outcome }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
