import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const MINGLE = join(import.meta.dirname, '../../../dist/cli/mingle.js')

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A process of the command line, as a user would start it. */
export class Mingle {
  readonly ended: Promise<Ended>
  readonly #process: ChildProcess
  #running = true
  /** What it has said on stderr so far. */
  said = ''

  constructor(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment }
    this.#process = spawn(process.execPath, [MINGLE, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let stdout = ''
    this.#process.stdout!.on('data', (text) => {
      stdout += text
    })
    this.#process.stderr!.on('data', (text) => {
      this.said += text
    })
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        this.#running = false
        resolve({ code, stdout, stderr: this.said })
      })
    })
  }

  get running(): boolean {
    return this.#running
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    if (this.#running) this.#process.kill(name)
  }
}

/** Carries out a command to its end. */
export function mingle(...words: string[]): Promise<Ended> {
  return new Mingle(words).ended
}
