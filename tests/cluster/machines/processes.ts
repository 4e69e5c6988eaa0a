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

  constructor(...words: string[]) {
    this.#process = spawn(process.execPath, [MINGLE, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    this.#process.stdout!.on('data', (text) => {
      stdout += text
    })
    this.#process.stderr!.on('data', (text) => {
      stderr += text
    })
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        this.#running = false
        resolve({ code, stdout, stderr })
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
  return new Mingle(...words).ended
}
