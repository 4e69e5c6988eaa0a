import { afterAll, beforeAll, describe, it } from 'vitest'
import { start, startReset, wait } from './program.ts'
import { places, succeeded, Targets } from './targets.ts'

const PLACES = places(['--count', '60', '--days', '25'], ['--count', '30', '--days', '4'])

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

describe.each(PLACES.filter(({ writer }) => writer === 'prisma'))(
  'createMany, a reset that is killed: $kind',
  (place) => {
    it.each(['activity', 'all'] as const)('leaves a run that resume completes: %s', async (what) => {
      const attempt = async () => {
        const target = await targets.make(place.kind, place.writer)
        succeeded(await start(target, place.run).ended)
        const { child, ended, running } = startReset(target, what)
        const watch = target.watch()
        // The cursor goes back first, the ledger goes last.
        while (running() && ((await watch.standing())?.status ?? 'finished') === 'finished') await wait(1)
        child.kill('SIGKILL')
        const { signal } = await ended
        const midway = signal === 'SIGKILL' && (await watch.announced()) > 0
        await watch.close()
        return midway ? target : null
      }
      // It may be through before it is seen to have begun.
      const target = (await attempt()) ?? (await attempt()) ?? (await attempt())
      if (!target) throw new Error('three resets were through before they could be killed')
      await targets.endsWell(target, place)
    })
  },
)
