import { type EventHandler, makeUserRng, type QueueName, Simulation, type Stream } from '../../../sim/kernel/index.ts'

const ARRIVAL = 0
const DEPARTURE = 1

/**
 * One server, Poisson arrivals, exponential service, first come first served. In the long run a customer waits
 * ρ / (μ − λ) before service, with ρ = λ / μ (Kleinrock, "Queueing Systems", 1975).
 */
export class SingleServerQueue implements EventHandler {
  readonly simulation: Simulation
  readonly #arrivals: Stream
  readonly #services: Stream
  readonly #meanGap: number
  readonly #meanService: number
  /** Customers seen before counting starts, while the queue fills from empty. */
  readonly #warmUp: number
  /** When each customer arrived, in order of arrival. */
  readonly #arrived: number[] = []
  #busy = false
  /** Customers whose service has begun. */
  #served = 0
  /** Sum of the counted customers' waits. */
  #waited = 0

  /** @param arrivalRate λ and @param serviceRate μ, customers per unit of time, λ < μ */
  constructor(seed: string, arrivalRate: number, serviceRate: number, warmUp: number, queue?: QueueName) {
    this.simulation = new Simulation(queue === undefined ? {} : { queue })
    this.#arrivals = makeUserRng(seed, 1, 'arrivals')
    this.#services = makeUserRng(seed, 1, 'services')
    this.#meanGap = 1 / arrivalRate
    this.#meanService = 1 / serviceRate
    this.#warmUp = warmUp
    this.simulation.schedule(this.#arrivals.exponential(this.#meanGap), 0, ARRIVAL, 0, 0, 0)
  }

  handle(kind: number, customer: number, _a: number, _b: number, time: number): void {
    if (kind === ARRIVAL) {
      this.#arrived.push(time)
      this.simulation.schedule(time + this.#arrivals.exponential(this.#meanGap), 0, ARRIVAL, customer + 1, 0, 0)
      if (!this.#busy) this.#serve(time)
    } else {
      this.#busy = false
      if (this.#served < this.#arrived.length) this.#serve(time)
    }
  }

  /** Mean time between arrival and beginning of service, after the warm-up. */
  get meanWait(): number {
    return this.#waited / (this.#served - this.#warmUp)
  }

  #serve(time: number): void {
    const customer = this.#served++
    this.#busy = true
    if (customer >= this.#warmUp) this.#waited += time - this.#arrived[customer]!
    this.simulation.schedule(time + this.#services.exponential(this.#meanService), 0, DEPARTURE, customer, 0, 0)
  }
}
