import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startPostgres } from '../servers/postgres-server.ts'
import { start } from './program.ts'
import { type Place, postgresTarget, runIn, Targets, verified } from './targets.ts'

const RUN = ['run', '--count', '60', '--days', '25']
const SQLITE: Place = { kind: 'sqlite', writer: 'bulk', run: RUN }
const POSTGRES: Place = { kind: 'postgres', writer: 'bulk', run: RUN }
const GENTLE: Place = { kind: 'sqlite', writer: 'prisma', run: ['run', '--count', '30', '--days', '4'] }

let targets: Targets
beforeAll(() => {
  targets = new Targets()
  chmodSync(targets.folder, 0o755)
})
afterAll(() => targets.remove())

const mounted: string[] = []
afterAll(() => {
  for (const folder of mounted) execFileSync('umount', ['-l', folder])
})

/** Whether a small file system can be made here. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    const probe = '/tmp'
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const CAN_MOUNT = canMount()
if (!CAN_MOUNT) console.log('No file system can be mounted here: full disks are tried by `ulimit -f` alone.')

class Disk {
  readonly folder: string

  /** @param size as `mount` takes it */
  constructor(name: string, size: string) {
    this.folder = mkdtempSync(join(targets.folder, `${name}-`))
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', this.folder])
    mounted.push(this.folder)
  }

  resize(size: string): void {
    execFileSync('mount', ['-o', `remount,size=${size}`, this.folder])
  }

  /** Leaves no more room than this. */
  leave(kilobytes: number): void {
    const { blocks, bfree, bsize } = statfsSync(this.folder)
    this.resize(`${Math.ceil(((blocks - bfree) * bsize) / 1024) + kilobytes}k`)
  }
}

describe.skipIf(!CAN_MOUNT)('a disk that fills', () => {
  it.each([
    [SQLITE, '2200k'],
    [GENTLE, '420k'],
  ])('under SQLite: $writer', async (place, size) => {
    const disk = new Disk(`sqlite-${place.writer}`, size)
    const target = await targets.make('sqlite', place.writer, disk.folder)
    const { code, stderr } = await start(target, place.run).ended
    expect(code, stderr).toBe(1)
    expect(stderr).toMatch(/make room|no room/)
    disk.resize('200m')
    if (place.writer === 'bulk') await verified(target)
    await targets.endsWell(target, place)
  })

  it('under the tables of PostgreSQL, its log elsewhere: the run ends, and says why', async () => {
    const server = await targets.postgres()
    const disk = new Disk('tablespace', '200m')
    const space = join(disk.folder, 'space')
    mkdirSync(space)
    execFileSync('chown', ['-R', 'postgres', disk.folder])
    const admin = await server.createDatabase()
    // A second try meets what the first left.
    const name = `small_${mounted.length}`
    await query(admin, `CREATE TABLESPACE ${name} LOCATION '${space}'`)
    await query(admin, `CREATE DATABASE ${name}_site TABLESPACE ${name}`)
    const target = postgresTarget(admin.replace(/\/[^/]+$/, `/${name}_site`), [])
    disk.leave(3200)
    const { code, stderr } = await start(target, RUN).ended
    expect(code, stderr).toBe(1)
    expect(stderr).toContain('make room')
    expect(stderr).not.toContain('not expected')
    const there = await runIn(target)
    console.log(`a full tablespace: the last committed day is ${there?.lastDay}`)
    expect(there!.lastDay).toBeGreaterThan(-1)
    disk.resize('200m')
    await verified(target)
    await targets.endsWell(target, POSTGRES)
    await query(admin, `DROP DATABASE ${name}_site`)
    await query(admin, `DROP TABLESPACE ${name}`)
  })

  it('under PostgreSQL as a whole, its log too: the run ends, server and run come back', async () => {
    const disk = new Disk('data', '300m')
    const server = await startPostgres(disk.folder, true)
    try {
      const target = postgresTarget(await server.createDatabase(), [])
      disk.leave(4000)
      const { code, stderr } = await start(target, RUN).ended
      console.log(`a full data directory: ${stderr.trim().split('\n').at(-1)}`)
      expect(code, stderr).toBe(1)
      expect(stderr).toMatch(/make room|does not answer any more/)
      expect(stderr).not.toContain('not expected')
      disk.resize('300m')
      await server.pause()
      await server.goOn()
      await verified(target)
      await targets.endsWell(target, POSTGRES)
    } finally {
      await server.stop()
    }
  })
})

describe('a file that may not grow', () => {
  it('ends the run with a reason', async () => {
    const target = await targets.make('sqlite')
    const { code, stderr } = await start(target, RUN, { shell: 'ulimit -f 700' }).ended
    expect(code, stderr).toBe(1)
    expect(stderr).toMatch(/make room/)
    await verified(target)
    await targets.endsWell(target, SQLITE)
  })
})
