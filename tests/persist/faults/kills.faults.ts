import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type PostgresServer, startPostgres } from '../postgres-server.ts'
import { start, wait } from './program.ts'
import { runIn, Targets, verified } from './targets.ts'

/** At least this many in all, spread over the writers. */
const PLACES = [
  { kind: 'sqlite', writer: 'bulk', kills: 18, run: ['--count', '60', '--days', '30'] },
  { kind: 'postgres', writer: 'bulk', kills: 18, run: ['--count', '60', '--days', '30'] },
  { kind: 'sqlite', writer: 'prisma', kills: 9, run: ['--count', '30', '--days', '5'] },
  { kind: 'postgres', writer: 'prisma', kills: 7, run: ['--count', '30', '--days', '5'] },
] as const

let server: PostgresServer
let targets: Targets
beforeAll(async () => {
  server = await startPostgres()
  targets = new Targets(server)
})
afterAll(async () => {
  await server.stop()
  targets.remove()
})

describe('kill -9 at any moment', () => {
  it.each(PLACES)('$kind, $writer: $kills kills', async ({ kind, writer, kills, run }) => {
    const rng = makeRng(`kills ${kind} ${writer}`)
    const RUN = ['run', ...run]
    const whole = await targets.make(kind, writer)
    const uninterrupted = await start(whole, RUN).ended
    expect(uninterrupted.code, uninterrupted.stderr).toBe(0)
    const expected = await whole.tables()
    expect(expected.users!.rows).toBeGreaterThan(0)

    let killed = 0
    const days: number[] = []
    let target = await targets.make(kind, writer)
    const finish = async () => {
      const there = await runIn(target)
      if (there?.status !== 'finished') {
        const last = await start(target, there ? ['resume'] : RUN).ended
        expect(last.code, last.stderr).toBe(0)
      }
      await verified(target)
      expect(await target.tables()).toEqual(expected)
      target = await targets.make(kind, writer)
    }
    for (let inARow = 0; killed < kills; inARow++) {
      const there = await runIn(target)
      if (there?.status === 'finished' || inARow === 6) {
        await finish()
        inARow = 0
        continue
      }
      const { child, ended } = start(target, there ? ['resume'] : RUN)
      // From the first statement to the last: the start of the program itself writes nothing.
      const timer = setTimeout(() => child.kill('SIGKILL'), uninterrupted.seconds * (150 + rng.nextInt(600)))
      const { code, stderr } = await ended
      clearTimeout(timer)
      if (code !== null) expect(code, stderr).toBe(0)
      else killed++
      // A server needs a moment to see that its client is gone.
      if (kind === 'postgres') await wait(50)
      if (writer === 'bulk') await verified(target)
      days.push((await runIn(target))?.lastDay ?? -2)
    }
    await finish()
    console.log(`${kind} ${writer}: ${killed} kills; last committed days: ${days.join(' ')}`)
  })
})
