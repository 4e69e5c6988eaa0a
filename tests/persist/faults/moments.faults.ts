import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { start } from './program.ts'
import { runIn, Targets, verified } from './targets.ts'

/** Moments of a day that goes to SQLite as an image; the writer's own thread makes others possible than a call's beginning and end. */
const MOMENTS = ['image', 'attach', 'copy', 'commit', 'checkpoint'] as const
/** Of two days under way in PostgreSQL: rows of both are copied, the second waits for the first, the first is committed alone. */
const TWO_DAYS = ['both', 'waiting', 'between'] as const
/** Kills at each moment, on different days, before the run is brought to its end and compared. */
const IN_A_ROW = 4

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

describe('kill -9 of SQLite’s fast way, aimed at', () => {
  const place = {
    kind: 'sqlite',
    writer: 'bulk',
    run: ['run', '--count', '60', '--days', '30', '--market', 'area'],
  } as const

  it.each(MOMENTS)('%s', async (moment) => {
    const rng = makeRng(`moments ${moment}`)
    const target = await targets.make(place.kind, place.writer)
    const days: number[] = []
    for (let kill = 0; kill < IN_A_ROW; kill++) {
      const there = await runIn(target)
      // Files of an image are written once a day by each of the workers.
      const nth = 1 + rng.nextInt(moment === 'checkpoint' ? 2 : 6)
      const dying = { moment, nth, delay: rng.next() * 3 }
      const { signal, stderr } = await start(target, there ? ['resume'] : place.run, { dying }).ended
      expect(signal, stderr).toBe('SIGKILL')
      days.push((await runIn(target))?.lastDay ?? -1)
      await verified(target)
    }
    expect(days.at(-1)).toBeGreaterThan(0)
    console.log(`${moment}: last days ${days.join(' ')}`)
    await targets.endsWell(target, place)
    expect(targets.strays(target)).toEqual([])
  })
})

describe('kill -9 of PostgreSQL with two days under way, aimed at', () => {
  const place = {
    kind: 'postgres',
    writer: 'bulk',
    run: ['run', '--count', '60', '--days', '30', '--market', 'area'],
  } as const

  it.each(TWO_DAYS)('%s', async (moment) => {
    const rng = makeRng(`moments ${moment}`)
    const target = await targets.make(place.kind, place.writer)
    const days: number[] = []
    for (let kill = 0; kill < IN_A_ROW - 1; kill++) {
      const there = await runIn(target)
      // Commits before the first day are those of tables, the run and its people.
      const nth = (moment === 'between' ? 4 : 1) + rng.nextInt(6)
      const { signal, stderr } = await start(target, there ? ['resume'] : place.run, {
        dying: { moment, nth, delay: rng.next() * 3 },
      }).ended
      expect(signal, stderr).toBe('SIGKILL')
      days.push((await runIn(target))?.lastDay ?? -1)
      // Whole days alone, and none of the one that was under way behind them.
      await verified(target)
    }
    expect(days.at(-1)).toBeGreaterThan(0)
    console.log(`${moment}: last days ${days.join(' ')}`)
    await targets.endsWell(target, place)
  })
})
