import { expect } from 'vitest'
import type { Stream } from '../../../sim/kernel/index.ts'
import { start, wait } from './program.ts'
import type { Place, Target } from './targets.ts'
import type { Standing } from './watch.ts'

/** A process that was killed, as the database tells it. */
export interface Killed {
  /** Where the run stood when the process began, and when it was dead. */
  readonly before: Standing | null
  readonly after: Standing | null
  /** Whether it had made anything in the database. */
  readonly begun: boolean
  /** Whether it was in the middle of a day that it had announced. */
  readonly announced: number
}

/**
 * Starts a process and kills it while it writes: some time after it began, or after it committed a step or a few. Null
 * when it was through before.
 */
export async function killed(target: Target, place: Place, rng: Stream, stepMs: number): Promise<Killed | null> {
  const watch = target.watch()
  try {
    const before = await watch.standing()
    const begunBefore = await watch.begun()
    const process = start(target, before ? ['resume'] : place.run)
    const steps = rng.nextInt(place.writer === 'bulk' ? 5 : 2)
    // One of three that begin a run dies while its tables are made; a site's own are there.
    const early = !before && !target.mapping && rng.nextInt(3) === 0
    const isTime = async () => {
      if (early) return begunBefore || (await watch.begun())
      const now = await watch.standing()
      return now !== null && progressOf(now) >= progressOf(before) + 1 + steps
    }
    while (process.running() && !(await isTime())) await wait(2)
    if (place.writer === 'prisma' && !early && rng.chance(0.7)) {
      // A good part of a day is its simulation, which touches nothing.
      while (process.running() && (await watch.announced()) === 0) await wait(2)
      await wait(rng.next() * 60)
    } else await wait(rng.next() * stepMs)
    process.child.kill('SIGKILL')
    const { code, signal, stderr } = await process.ended
    if (signal === null) {
      expect(code, stderr).toBe(0)
      return null
    }
    // A server needs a moment to see that its client is gone.
    if (place.kind !== 'sqlite') await wait(60)
    const after = await watch.standing()
    return { before, after, begun: begunBefore || (await watch.begun()), announced: await watch.announced() }
  } finally {
    await watch.close()
  }
}

export function progressOf(standing: Standing | null): number {
  return standing ? standing.chunks + standing.lastDay : -2
}
