import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type Killed, killed, progressOf } from './killed.ts'
import { places, Targets, verified } from './targets.ts'

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
