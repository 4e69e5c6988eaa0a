import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openObjects } from '../../../persist/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type PostgresServer, startPostgres } from '../../persist/servers/postgres-server.ts'
import { TcpProxy } from '../stores/proxy.ts'
import { type Fault, S3Stub, type Seen } from '../stores/s3-stub.ts'
import { contentOfDatabase } from './databases.ts'
import { filesOf, rowsOf } from './outputs.ts'
import { Mingle, mingle, wait } from './processes.ts'
import { Ground, RUN, TIMES } from './site.ts'

let ground: Ground

beforeAll(async () => {
  ground = await Ground.make()
})
afterAll(() => ground?.remove())

describe('PostgreSQL as the output of tasks', () => {
  let server: PostgresServer
  let one = ''
  beforeAll(async () => {
    server = await startPostgres()
    one = await server.createDatabase()
    expect(await mingle('run', ...RUN, '--skip-jobs', '--database-url', one)).toMatchObject({ code: 0 })
  })
  afterAll(() => server?.stop())

  it('cut off in COPY and at COMMIT has the rows, the ledger and the digests of one machine', async () => {
    const rng = makeRng('machines postgres')
    const url = await server.createDatabase()
    const direct = new URL(url)
    const proxy = await TcpProxy.start(Number(direct.port))
    const cuts = { copy: 0, commit: 0 }
    proxy.look = (data) => {
      if (data.includes('COMMIT\0') && cuts.commit < TIMES && rng.nextInt(5) > 0) {
        cuts.commit++
        return 'deaf'
      }
      // A message of copied rows that is not the first.
      if (data[0] === 0x64 && data.length > 2000 && cuts.copy < TIMES && rng.nextInt(4) === 0) {
        cuts.copy++
        return 'cut'
      }
      return undefined
    }
    const through = new URL(url)
    through.port = String(proxy.port)
    const plan = ground.place()
    expect(await mingle('plan', 'run', ...RUN, '--database-url', url, '--out', plan)).toMatchObject({ code: 0 })
    for (const pass of ['1', '2']) {
      const parts = ['0', '1'].map((part) =>
        mingle('task', 'run', plan, '--part', part, '--parts', '2', '--pass', pass, '--database-url', through.href),
      )
      for (const { code, stderr } of await Promise.all(parts)) expect(code, stderr).toBe(0)
    }
    const { code, stderr } = await mingle('plan', 'finish', plan, '--database-url', url)
    expect(code, stderr).toBe(0)
    await proxy.stop()
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(one))
    expect(await mingle('verify', '--database-url', url)).toMatchObject({ code: 0 })
    expect(cuts).toEqual({ copy: TIMES, commit: TIMES })
    console.log(`PostgreSQL: cut ${cuts.copy} times in COPY, ${cuts.commit} times at COMMIT`)
  })

  it('holds the rows of tasks that sleep with an open transaction, until another ends them', async () => {
    const url = await server.createDatabase()
    const plan = ground.place()
    expect(await mingle('plan', 'run', ...RUN, '--database-url', url, '--out', plan)).toMatchObject({ code: 0 })
    const words = ['task', 'run', plan, '--patience', '1', '--database-url', url]
    const rng = makeRng('machines asleep')
    const asleep: Mingle[] = []
    for (let i = 0; i < TIMES; i++) {
      const task = new Mingle(words)
      await wait(700 + rng.nextInt(900))
      task.signal('SIGSTOP')
      asleep.push(task)
    }
    expect(await mingle(...words)).toMatchObject({ code: 0 })
    for (const task of asleep) task.signal('SIGCONT')
    await Promise.all(asleep.map(({ ended }) => ended))
    expect(await mingle('plan', 'finish', plan, '--database-url', url)).toMatchObject({ code: 0 })
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(one))
  })
})

describe('a bucket as the output of tasks', () => {
  it('that answers 500 and 503, breaks off within parts and swallows answers holds the same bytes', async () => {
    const stub = await S3Stub.start()
    const rng = makeRng('machines s3')
    const kinds: readonly Fault[] = [500, 503, 'reset', 'silent']
    stub.fault = ({ method }: Seen) => (method !== 'GET' && rng.nextInt(5) === 0 ? kinds[rng.nextInt(4)] : undefined)
    const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
    const url = `ndjson:s3://runs/one?endpoint=${stub.endpoint}`
    const plan = `s3://runs/plan?endpoint=${stub.endpoint}`
    const call = async (...words: string[]) => {
      const { code, stderr } = await new Mingle(words, environment).ended
      expect(code, stderr).toBe(0)
    }
    await call('plan', 'run', ...RUN, '--database-url', url, '--out', plan)
    await Promise.all(['0', '1'].map((part) => call('task', 'run', plan, '--part', part, '--parts', '2')))
    await call('plan', 'finish', plan)
    stub.fault = () => undefined
    for (const fault of kinds) {
      const times = [...stub.faults].filter(([name]) => name.startsWith(`${fault} `)).reduce((sum, [, n]) => sum + n, 0)
      expect(times, String(fault)).toBeGreaterThanOrEqual(TIMES)
    }
    console.log(`S3: ${JSON.stringify(Object.fromEntries(stub.faults))}`)
    const folder = ground.place()
    for (const [key, { bytes }] of stub.objects) {
      if (!key.startsWith('one/')) continue
      const path = join(folder, key.slice('one/'.length))
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, bytes)
    }
    expect(rowsOf(folder)).toEqual(ground.rows)
    expect(filesOf(folder)).toEqual(ground.files)
    expect(stub.objects.has('one/_SUCCESS')).toBe(true)
    expect(stub.uploads.size).toBe(0)
    await call('verify', '--database-url', url)
    await stub.stop()
  })
})

describe('a large object', () => {
  it('is whole in the bucket, whichever part broke off and whichever answer was lost', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'a'
    process.env.AWS_SECRET_ACCESS_KEY = 'b'
    const stub = await S3Stub.start()
    const store = await openObjects(`s3://runs/large?endpoint=${stub.endpoint}`)
    const rng = makeRng('machines parts')
    const kinds: readonly Fault[] = [500, 503, 'reset', 'silent']
    stub.fault = ({ what }) =>
      (what === 'UploadPart' || what === 'Complete') && rng.nextInt(4) === 0 ? kinds[rng.nextInt(4)] : undefined
    const times = (at: string) => kinds.map((kind) => stub.faults.get(`${kind} ${at}`) ?? 0)
    const bytes = new Uint8Array(9 * 1024 * 1024).map((_, i) => (i * 31) >>> 3)
    let puts = 0
    while (Math.min(...times('UploadPart'), ...times('Complete')) < TIMES) {
      await store.put(`object-${++puts}`, [bytes])
      expect(Buffer.compare(stub.objects.get(`large/object-${puts}`)!.bytes, bytes)).toBe(0)
      stub.objects.clear()
    }
    stub.fault = () => undefined
    await store.sweep()
    expect(stub.uploads.size).toBe(0)
    console.log(`S3: ${puts} large objects through ${JSON.stringify(Object.fromEntries(stub.faults))}`)
    await store.close()
    await stub.stop()
  })
})

describe('a disk as the output of tasks', () => {
  const disk = { folder: '' }
  beforeAll(() => {
    const folder = join(ground.folder, 'disk')
    mkdirSync(folder)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' })
      disk.folder = folder
    } catch {
      console.log('no file system can be mounted here: full disks are not tested')
    }
  })
  afterAll(() => {
    if (disk.folder) execFileSync('umount', [disk.folder])
  })

  it('that fills up ends the task with a word, and goes on when there is room', async ({ skip }) => {
    if (!disk.folder) return skip()
    const rng = makeRng('machines disk')
    const output = join(disk.folder, 'out')
    const plan = ground.place()
    expect(await mingle('plan', 'run', ...RUN, '--database-url', `ndjson:${output}`, '--out', plan)).toMatchObject({
      code: 0,
    })
    const ballast = join(disk.folder, 'ballast')
    let [full, room] = [0, 0]
    while (full < TIMES) {
      const { bavail, bsize } = statfsSync(disk.folder)
      room = 100_000 + rng.nextInt(900_000)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - room)))
      const { code, stderr } = await mingle('task', 'run', plan)
      expect(code).toBe(1)
      expect(stderr).toMatch(/no room in .*make some there/)
      full++
      rmSync(ballast)
    }
    expect(await mingle('task', 'run', plan)).toMatchObject({ code: 0 })
    expect(await mingle('plan', 'finish', plan)).toMatchObject({ code: 0 })
    expect(rowsOf(output)).toEqual(ground.rows)
    expect(filesOf(output)).toEqual(ground.files)
    expect(readdirSync(output)).not.toContain('.writing-tasks')
    console.log(`full disk: ${full} times`)
  })
})
