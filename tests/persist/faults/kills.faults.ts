import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng, type Stream } from '../../../sim/kernel/index.ts'
import { start, wait } from './program.ts'
import { type Place, places, type Target, Targets, verified } from './targets.ts'
import type { Standing } from './watch.ts'

/** Kills by place: 50 on SQLite and PostgreSQL, the others where there is a MariaDB. */
const KILLS = {
  'sqlite bulk': 15,
  'postgres bulk': 15,
  'sqlite prisma': 10,
  'postgres prisma': 10,
  'mariadb bulk': 6,
  'mariadb prisma': 4,
}
/** Cut-off processes of one run before it is brought to its end and compared. */
const IN_A_ROW = 5

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

/** A process that was killed, as the database tells it. */
interface Killed {
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
async function killed(target: Target, place: Place, rng: Stream, stepMs: number): Promise<Killed | null> {
  const watch = target.watch()
  try {
    const before = await watch.standing()
    const begunBefore = await watch.begun()
    const process = start(target, before ? ['resume'] : place.run)
    const steps = rng.nextInt(place.writer === 'bulk' ? 5 : 2)
    // One of three that begin a run dies while its tables are made.
    const early = !before && rng.nextInt(3) === 0
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

function progressOf(standing: Standing | null): number {
  return standing ? standing.chunks + standing.lastDay : -2
}

describe('kill -9 while a run is written', () => {
  const all = places(['--count', '60', '--days', '30'], ['--count', '30', '--days', '5'])
  it.each(all)('$kind, $writer', async (place) => {
    const wanted = KILLS[`${place.kind} ${place.writer}`]
    const rng = makeRng(`kills ${place.kind} ${place.writer}`)
    const stepMs = place.writer === 'bulk' ? 40 : 300
    await targets.whole(place)
    const inside: Killed[] = []
    let afterTheEnd = 0
    let target = await targets.make(place.kind, place.writer)
    for (let inARow = 0; inside.length < wanted && afterTheEnd < wanted; ) {
      const one = await killed(target, place, rng, stepMs)
      if (!one || one.after?.status === 'finished') afterTheEnd++
      else if (one.begun) inside.push(one)
      if (place.writer === 'bulk') await verified(target)
      inARow++
      if (!one || one.after?.status === 'finished' || inARow === IN_A_ROW) {
        await targets.endsWell(target, place)
        target = await targets.make(place.kind, place.writer)
        inARow = 0
      }
    }
    await targets.endsWell(target, place)
    const writing = inside.filter(({ before, after }) => progressOf(after) > progressOf(before)).length
    const midway = inside.filter(({ announced }) => announced > 0).length
    console.log(
      `${place.kind} ${place.writer}: ${inside.length} kills inside a run (${writing} after it had committed something` +
        `${place.writer === 'prisma' ? `, ${midway} in the middle of a day` : ''}), ${afterTheEnd} came too late; ` +
        `last days: ${inside.map(({ after }) => after?.lastDay ?? 'no run').join(' ')}`,
    )
    expect(inside.length).toBeGreaterThanOrEqual(wanted)
    expect(writing).toBeGreaterThanOrEqual(wanted / 2)
    if (place.writer === 'prisma') expect(midway).toBeGreaterThanOrEqual(wanted / 4)
  })
})
