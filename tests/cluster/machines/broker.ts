import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../bench/persist/free-port.ts'
import { wait } from './processes.ts'

/** Whether a Redis can be started here. */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'])
    return true
  } catch {
    return false
  }
}

/** A Redis of the test's own, on the loopback address, with an append-only file. */
export class Broker {
  readonly port: number
  #folder = mkdtempSync(join(tmpdir(), 'mingle-redis-'))
  #process: ChildProcess | undefined

  private constructor(port: number) {
    this.port = port
  }

  static async start(): Promise<Broker> {
    const broker = new Broker(await freePort())
    await broker.start()
    return broker
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.#folder, appendonly: 'yes', save: '' }
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
    this.#process = spawn('redis-server', words, { stdio: 'ignore' })
    for (let i = 0; i < 200; i++) {
      await wait(50)
      if (this.ask('ping').startsWith('PONG')) return
    }
    throw new Error('Redis does not answer')
  }

  /** Another in its place, with nothing in it: a test meets no tasks of those before it, nor of itself where it is tried again. */
  async renew(): Promise<void> {
    await this.kill()
    this.forget()
    await this.start()
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    if (this.#process?.exitCode !== null || this.#process.signalCode !== null) return
    const ended = new Promise((resolve) => this.#process?.once('exit', resolve))
    this.#process.kill('SIGKILL')
    await ended
  }

  /** What is in memory goes, and the file too. */
  forget(): void {
    rmSync(this.#folder, { recursive: true })
    this.#folder = mkdtempSync(join(tmpdir(), 'mingle-redis-'))
  }

  /** What `redis-cli` answers; empty where there is nobody to ask. */
  ask(...words: string[]): string {
    try {
      return execFileSync('redis-cli', ['-p', String(this.port), ...words], { stdio: 'pipe', encoding: 'utf8' })
    } catch {
      return ''
    }
  }

  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true })
  }
}
