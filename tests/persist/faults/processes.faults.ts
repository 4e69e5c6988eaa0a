import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { query } from '../servers/postgres-server.ts'
import { start, wait } from './program.ts'
import { type Place, places, reached, runIn, succeeded, type Target, Targets, verified } from './targets.ts'

const PLACES = places(['--count', '60', '--days', '25'], ['--count', '30', '--days', '4'])

let targets: Targets
beforeAll(() => {
  targets = new Targets()
})
afterAll(() => targets.remove())

describe.each(PLACES)('$kind, $writer', (place) => {
  it('two processes on one run at once: one writes it, the other says so', async () => {
    const target = await targets.make(place.kind, place.writer)
    const first = start(target, place.run)
    await reached(target, 0)
    first.child.kill('SIGKILL')
    await first.ended
    const both = await Promise.all([start(target, ['resume']).ended, start(target, ['resume']).ended])
    expect(both.map(({ code }) => code)).toContain(0)
    for (const { code, stderr } of both) {
      if (code !== 0) expect(stderr).toMatch(/another process|being written by|is complete|is locked/)
    }
    expect(await runIn(target)).toMatchObject({ status: 'finished' })
    await targets.endsWell(target, place)
  })

  it('two processes that create the same run at once', async () => {
    const target = await targets.make(place.kind, place.writer)
    const both = await Promise.all([start(target, place.run).ended, start(target, place.run).ended])
    expect(
      both.map(({ code }) => code),
      both.map(({ stderr }) => stderr).join('\n'),
    ).toContain(0)
    for (const { stderr } of both) expect(stderr).not.toContain('not expected')
    // Whoever said that it was done has done it: nobody resumes it for him.
    expect(await runIn(target)).toMatchObject({ status: 'finished' })
    expect(both.filter(({ code }) => code === 0)).toHaveLength(1)
    await targets.endsWell(target, place)
  })

  it('two runs at once in one database, side by side', async () => {
    const target = await targets.make(place.kind, place.writer)
    const short =
      place.writer === 'bulk' ? ['run', '--count', '60', '--days', '8'] : ['run', '--count', '20', '--days', '3']
    const seeds = ['one', 'two']
    const both = await Promise.all(seeds.map((seed) => start(target, short, { seed }).ended))
    for (const [i, { code, stderr }] of both.entries()) {
      if (code === 0) continue
      // SQLite has one writer at a time, and a patience of ten seconds.
      expect(stderr).toMatch(/is locked/)
      succeeded(await start(target, (await runIn(target, seeds[i])) ? ['resume'] : short, { seed: seeds[i]! }).ended)
    }
    await verified(target)
    const store = await openStore(target.url)
    const [one, two] = await store.listRuns()
    expect(new Set([one!.seed, two!.seed])).toEqual(new Set(seeds))
    expect([one!.status, two!.status]).toEqual(['finished', 'finished'])
    await store.close()
  })

  it('Ctrl-C twice', async () => {
    const target = await targets.make(place.kind, place.writer)
    const { child, ended } = start(target, place.run)
    await reached(target, 1)
    child.kill('SIGINT')
    await wait(3)
    child.kill('SIGINT')
    const { code, signal, stderr } = await ended
    // The second may find the process on its way out, no longer listening.
    if (signal === null) expect([0, 130], stderr).toContain(code)
    else expect(signal).toBe('SIGINT')
    if (place.writer === 'bulk') await verified(target)
    await targets.endsWell(target, place)
  })
})

/** Sets a claim's end to the past, as a minute of sleep would; false where the sleeper has the database locked. */
async function lapse(target: Target, { kind }: Place): Promise<boolean> {
  if (kind === 'postgres') {
    await query(target.url, "SET lock_timeout = '200ms'; UPDATE seed_runs SET claimed_until = '2020-01-01'").catch(
      () => {},
    )
    const claims = await query(target.url, 'SELECT claimed_until FROM seed_runs')
    return claims[0]!.claimed_until!.startsWith('2020')
  }
  const database = new Database(target.url.slice('file:'.length))
  try {
    database.exec('PRAGMA busy_timeout = 200')
    database.exec("UPDATE seed_runs SET claimed_until = '2020-01-01T00:00:00.000+00:00'")
    return true
  } catch {
    return false
  } finally {
    database.close()
  }
}

describe.each(PLACES.filter(({ kind, writer }) => writer === 'prisma' && kind !== 'mariadb'))(
  'a process that falls asleep: $kind, $writer',
  (place) => {
    it.each(['prisma', 'bulk'] as const)('adds nothing to the run of another that took over: %s', async (writer) => {
      const target = await targets.make(place.kind, place.writer)
      const sleeper = start(target, place.run)
      const watch = target.watch()
      // Asleep in the middle of a day, with nothing open that others wait for.
      const asleep = async () => {
        if (((await watch.standing())?.lastDay ?? -1) < 0 || (await watch.announced()) === 0) return false
        return lapse(target, place)
      }
      do {
        sleeper.child.kill('SIGCONT')
        await wait(10)
        sleeper.child.kill('SIGSTOP')
        await wait(10)
      } while (sleeper.running() && !(await asleep()))
      await watch.close()
      const other = writer === 'prisma' ? target : { ...target, writer: [] }
      succeeded(await start(other, ['resume']).ended)
      sleeper.child.kill('SIGCONT')
      const { code, stderr } = await sleeper.ended
      expect(code, stderr).toBe(1)
      expect(stderr).toMatch(/another process|being written by|not where this process left it/)
      await targets.endsWell(target, place)
    })
  },
)
