import { type Candidates, LikeModel, type People } from '../agents/index.ts'
import type { PlacePack } from '../content/index.ts'
import type { PolicyParameters } from '../parameters/index.ts'
import { Pacing } from './sessions/pacing.ts'
import { Waits } from './talk/waits.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** A policy, and what the handlers ask that is made of it. A site has one set of rules, or one for each arm of a test. */
export class Rules {
  readonly policy: PolicyParameters
  readonly likes: LikeModel
  readonly pacing = new Pacing()
  readonly waits: {
    readonly step: Waits
    readonly live: Waits
    readonly reply: Waits
    readonly opening: Waits
    readonly linger: Waits
    readonly gap: Waits
  }

  /** @param gapSigma log standard deviation of the gaps between sessions, which is the population's */
  constructor(policy: PolicyParameters, gapSigma: number) {
    this.policy = policy
    this.likes = new LikeModel(policy.like)
    const { session, reply, opening } = policy
    this.waits = {
      step: new Waits(session.stepMedianSeconds * 1000, session.stepSigma, 400),
      live: new Waits(reply.liveMedianMinutes * MINUTE_MS, reply.liveSigma, 5000),
      reply: new Waits(reply.medianHours * HOUR_MS, reply.sigma, 20_000),
      opening: new Waits(opening.medianHours * HOUR_MS, opening.sigma, 20_000),
      linger: new Waits(25_000, 0.8, 1000),
      gap: new Waits(HOUR_MS, gapSigma, 5000),
    }
  }

  /** Looks at who is there, anew whenever people have joined. */
  admit(people: People, places: PlacePack, candidates: Candidates): void {
    this.likes.admit(people, places)
    this.pacing.admit(people, candidates, this.policy)
  }
}
