import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { startPostgres } from '../servers/postgres-server.ts'
import { start, wait } from './program.ts'
import { places, postgresTarget, reached, succeeded, Targets } from './targets.ts'

const PLACES = places(['--count', '60', '--days', '25'], ['--count', '30', '--days', '4'])

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

describe.each(PLACES.filter(({ kind }) => kind !== 'sqlite'))('$kind cuts connections: $writer', (place) => {
  it('from the first migration on, and the run goes on by itself', async () => {
    const rng = makeRng(`cuts ${place.kind} ${place.writer}`)
    const target = await targets.make(place.kind, place.writer)
    const { ended, running } = start(target, place.run)
    let cut = 0
    // Seven attempts are the store's patience with one step, and sessions of one cut may fail one after another.
    for (let times = 0; times < 5 && running(); ) {
      const sessions = await target.cut()
      cut += sessions
      if (sessions > 0) times++
      // The first cut comes with the first session; the others whenever.
      await wait(cut === 0 ? 3 : 30 + rng.nextInt(400))
    }
    const end = await ended
    console.log(`${place.kind} ${place.writer}: ${cut} connections cut, ${end.seconds.toFixed(1)} s`)
    expect(cut).toBeGreaterThanOrEqual(3)
    succeeded(end)
    expect(end.stderr).toMatch(/the connection was lost.*trying again in/)
    await targets.endsWell(target, place)
  })
})

describe.each(PLACES.filter(({ kind }) => kind === 'postgres'))(
  'PostgreSQL is stopped and started again: $writer',
  (place) => {
    it('and the run waits for it, and says so', async () => {
      const server = await startPostgres()
      try {
        const target = postgresTarget(
          await server.createDatabase(),
          (await targets.make('sqlite', place.writer)).writer,
        )
        const { ended } = start(target, place.run)
        await reached(target, 1)
        await server.pause()
        await wait(2500)
        await server.goOn()
        const end = await ended
        succeeded(end)
        expect(end.stderr).toMatch(/the connection was lost.*trying again in/)
        await targets.endsWell(target, place)
      } finally {
        await server.stop()
      }
    })
  },
)
