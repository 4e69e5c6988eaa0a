import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng, type Stream } from '../../../sim/kernel/index.ts'
import { start } from './program.ts'
import { type Place, runIn, type Target, Targets, verified } from './targets.ts'

/** Moments of a day that goes to SQLite as an image; the writer's own thread makes others possible than a call's beginning and end. */
const MOMENTS = ['image', 'attach', 'copy', 'commit', 'checkpoint'] as const
/** Of two days under way in PostgreSQL: rows of both are copied, the second waits for the first, the first is committed alone. */
const TWO_DAYS = ['both', 'waiting', 'between'] as const
let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

const RUN = ['run', '--count', '60', '--days', '30', '--market', 'area']

/**
 * Kills at a moment, on different days, before the run is brought to its end and compared.
 * @param nth draws which moment of its kind, counted since the process began, a kill is aimed at
 */
async function killed(place: Place, moment: string, times: number, nth: (rng: Stream) => number): Promise<Target> {
  const rng = makeRng(`moments ${moment}`)
  const target = await targets.make(place.kind, place.writer)
  const days: number[] = []
  for (let kill = 0; kill < times; kill++) {
    const there = await runIn(target)
    const dying = { moment, nth: nth(rng), delay: rng.next() * 3 }
    const { signal, stderr } = await start(target, there ? ['resume'] : place.run, { dying }).ended
    expect(signal, stderr).toBe('SIGKILL')
    days.push((await runIn(target))?.lastDay ?? -1)
    // Whole days alone, and none of one that was under way behind them.
    await verified(target)
  }
  expect(days.at(-1)).toBeGreaterThan(0)
  console.log(`${moment}: last days ${days.join(' ')}`)
  await targets.endsWell(target, place)
  return target
}

describe('kill -9 of SQLite’s fast way, aimed at', () => {
  it.each(MOMENTS)('%s', async (moment) => {
    // Files of an image are written once a day by each of the workers.
    const most = moment === 'checkpoint' ? 2 : 6
    const place: Place = { kind: 'sqlite', writer: 'bulk', run: RUN }
    const target = await killed(place, moment, 4, (rng) => 1 + rng.nextInt(most))
    expect(targets.strays(target)).toEqual([])
  })
})

describe('kill -9 of PostgreSQL with two days under way, aimed at', () => {
  it.each(TWO_DAYS)('%s', async (moment) => {
    // Commits before the first day are those of tables, the run and its people.
    const first = moment === 'between' ? 4 : 1
    await killed({ kind: 'postgres', writer: 'bulk', run: RUN }, moment, 3, (rng) => first + rng.nextInt(6))
  })
})
