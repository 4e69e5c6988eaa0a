import { type ChildProcess, execFileSync, spawn } from 'node:child_process'

export const mingle = (...args: string[]) =>
  execFileSync('node', ['dist/cli/mingle.js', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** A command that goes on: what it printed, and the address of the page that it serves. */
export class Running {
  readonly child: ChildProcess
  text = ''
  readonly ended: Promise<number | null>

  constructor(...args: string[]) {
    this.child = spawn('node', ['dist/cli/mingle.js', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (part) => (this.text += part))
    this.ended = new Promise((resolve) => this.child.once('exit', resolve))
  }

  /** @throws Error with what it printed when it ends without an address */
  async address(): Promise<string> {
    let over = false
    void this.ended.then(() => (over = true))
    for (;;) {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(this.text)
      if (found) return found[0]
      if (over) throw new Error(`it ended without an address: ${this.text}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async stop(): Promise<void> {
    // A test that failed may have left it asleep.
    this.child.kill('SIGCONT')
    this.child.kill('SIGINT')
    await this.ended
  }
}
