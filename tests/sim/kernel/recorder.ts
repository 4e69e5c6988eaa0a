import type { EventHandler } from '../../../sim/kernel/index.ts'

/** Notes whose events ran, in order. */
export class Recorder implements EventHandler {
  readonly agents: number[] = []
  readonly times: number[] = []

  handle(_kind: number, agent: number, _a: number, _b: number, time: number): void {
    this.agents.push(agent)
    this.times.push(time)
  }
}
