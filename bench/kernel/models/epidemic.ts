import {
  type EventHandle,
  type EventHandler,
  makeUserRng,
  type QueueName,
  Simulation,
  type Stream,
} from '../../../sim/kernel/index.ts'

const CONTACT = 0
const RECOVERY = 1
const SUSCEPTIBLE = 0
const INFECTED = 1
const RECOVERED = 2
/** The mean time for which one is infectious: the unit of time. */
const MEAN_ILLNESS = 1

/**
 * The general stochastic epidemic (susceptible, infected, recovered) among people who all meet: an infected person
 * has contacts at rate R₀ with anyone, until recovery, which cancels the next contact. The share that is ever infected
 * in a large outbreak solves z = 1 − e^(−R₀ z) (Kermack and McKendrick, 1927).
 */
export class Epidemic implements EventHandler {
  readonly simulation: Simulation
  readonly #people: number
  readonly #meanGap: number
  readonly #stream: Stream
  readonly #state: Uint8Array
  /** The next contact of each infected person. */
  readonly #nextContact: Float64Array
  /** People ever infected. */
  infected = 0

  constructor(seed: string, people: number, firstCases: number, reproduction: number, queue?: QueueName) {
    this.simulation = new Simulation(queue === undefined ? {} : { queue })
    this.#people = people
    this.#meanGap = MEAN_ILLNESS / reproduction
    this.#stream = makeUserRng(seed, 1, 'epidemic')
    this.#state = new Uint8Array(people)
    this.#nextContact = new Float64Array(people)
    for (let person = 0; person < firstCases; person++) this.#infect(person, 0)
  }

  handle(kind: number, person: number, _a: number, _b: number, time: number): void {
    if (kind === RECOVERY) {
      this.#state[person] = RECOVERED
      this.simulation.cancel(this.#nextContact[person]!)
      return
    }
    this.#nextContact[person] = this.#scheduleContact(person, time)
    const met = this.#stream.nextInt(this.#people)
    if (this.#state[met] === SUSCEPTIBLE) this.#infect(met, time)
  }

  #infect(person: number, time: number): void {
    this.#state[person] = INFECTED
    this.infected++
    this.simulation.schedule(time + this.#stream.exponential(MEAN_ILLNESS), 0, RECOVERY, person, 0, 0)
    this.#nextContact[person] = this.#scheduleContact(person, time)
  }

  #scheduleContact(person: number, time: number): EventHandle {
    return this.simulation.schedule(time + this.#stream.exponential(this.#meanGap), 1, CONTACT, person, 0, 0)
  }
}
