import { type EventHandler, makeRng, type QueueName, Simulation, type Stream } from '../../../sim/kernel/index.ts'

/** The mean delay of an event, in units of time. */
const MEAN_DELAY = 1

/**
 * PHOLD (Fujimoto, "Performance of Time Warp under synthetic workloads", 1990), in the form that simulators are
 * compared by: `processes` logical processes, one pending event each; every event schedules one for a uniformly random
 * process after an exponential delay. About `processes` events happen in a unit of time.
 */
export class Phold implements EventHandler {
  readonly simulation: Simulation
  readonly #stream: Stream
  readonly #processes: number
  /** Follows the processes in the order of their events, so that a wrong order shows. */
  hash = 0

  constructor(processes: number, queue?: QueueName) {
    this.simulation = new Simulation(queue === undefined ? {} : { queue })
    this.#stream = makeRng('phold')
    this.#processes = processes
    for (let process = 0; process < processes; process++) {
      this.simulation.schedule(this.#stream.exponential(MEAN_DELAY), 0, 0, process, 0, 0)
    }
  }

  handle(_kind: number, process: number, _a: number, _b: number, time: number): void {
    this.hash = (Math.imul(this.hash, 31) + process) | 0
    const stream = this.#stream
    this.simulation.schedule(time + stream.exponential(MEAN_DELAY), 0, 0, stream.nextInt(this.#processes), 0, 0)
  }
}
