import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { filesOf, rowsOf } from './outputs.ts'
import { Mingle, mingle, wait } from './processes.ts'

/** Each kind of fault happens at least so often: ten times, unless the environment says otherwise. An even number. */
export const TIMES = Number(process.env.MACHINES_TIMES ?? 10)
export const RUN = ['--run-seed', 'chaos', '--count', '700', '--days', '5', '--market', 'metro']
/** Faults that a run lives through before it is left in peace. */
const FAULTS_OF_A_RUN = 8
/** Seconds after which a worker's task is taken for lost. */
const LOCK = '2'

/** A folder of a test file's own, and what a run that nothing happens to gives. */
export class Ground {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingle-machines-'))
  /** Of the run on one machine. */
  rows: Record<string, string> = {}
  /** Of its tasks, carried out one after the other. */
  files: Record<string, string> = {}
  readonly #sites: Site[] = []
  #places = 0

  static async make(): Promise<Ground> {
    const ground = new Ground()
    const [one, tasks, plan] = ['one', 'tasks', 'plan'].map((name) => join(ground.folder, name))
    const alone = expectWell(mingle('run', ...RUN, '--database-url', `ndjson:${one}`))
    await expectWell(mingle('plan', 'run', ...RUN, '--database-url', `ndjson:${tasks}`, '--out', plan!))
    await expectWell(mingle('task', 'run', plan!))
    await expectWell(mingle('plan', 'finish', plan!))
    await alone
    ground.rows = rowsOf(one!)
    expect(rowsOf(tasks!)).toEqual(ground.rows)
    ground.files = filesOf(tasks!)
    return ground
  }

  /** A folder that nobody has yet. @param site whose output is to lie there */
  place(site?: Site): string {
    if (site) this.#sites.push(site)
    return join(this.folder, `out-${++this.#places}`)
  }

  /** Ends the processes that a test left behind: one that failed did. */
  async endProcesses(): Promise<void> {
    for (const site of this.#sites.splice(0)) await site.close()
  }

  async remove(): Promise<void> {
    await this.endProcesses()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** One output folder, and the processes that fill it. */
export class Site {
  readonly output: string
  readonly workers: Mingle[] = []
  coordinator!: Mingle
  readonly #ground: Ground
  readonly #broker: string
  /** Of workers that are hired from now on. */
  environment: Readonly<Record<string, string>> = {}

  constructor(ground: Ground, broker: string) {
    this.#ground = ground
    this.#broker = broker
    this.output = ground.place(this)
  }

  hire(count = 1, broker = this.#broker): void {
    const words = ['worker', '--queue', broker, '--lock', LOCK]
    for (let i = 0; i < count; i++) this.workers.push(new Mingle(words, this.environment))
  }

  /** A worker that nobody counts on, and that ends when there is nothing for it. */
  worker(environment: Readonly<Record<string, string>>, idleSeconds: number): Mingle {
    return new Mingle(['worker', '--queue', this.#broker, '--lock', LOCK, '--idle', String(idleSeconds)], environment)
  }

  run(environment: Readonly<Record<string, string>> = {}): Mingle {
    const words = [...RUN, '--database-url', `ndjson:${this.output}`]
    this.coordinator = new Mingle(['run', '--cluster', this.#broker, ...words], environment)
    return this.coordinator
  }

  /** Where the manifests of the tasks lie, once the run has begun. */
  get control(): string {
    const [name] = readdirSync(join(this.output, '_mingle'))
    return join(this.output, '_mingle', name!)
  }

  /** Tasks of a pass that are done. */
  done(pass: 1 | 2): number {
    const folder = existsSync(join(this.output, '_mingle')) ? join(this.control, `pass-${pass}`) : ''
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).length : 0
  }

  /** The run ends, with nothing lost, nothing doubled, equal bytes, and nothing left behind. */
  async endsWell(): Promise<void> {
    const { code, stderr } = await this.coordinator.ended
    expect(code, stderr).toBe(0)
    await this.close()
    expect(rowsOf(this.output)).toEqual(this.#ground.rows)
    expect(filesOf(this.output)).toEqual(this.#ground.files)
    expect(readdirSync(this.output)).not.toContain('.writing-tasks')
    expect(JSON.parse(readFileSync(join(this.output, '_SUCCESS'), 'utf8'))).toMatchObject({ seed: 'chaos', days: 5 })
    rmSync(this.output, { recursive: true })
  }

  async close(): Promise<void> {
    // A site that no run was begun on has no coordinator.
    const processes = [...this.workers, this.coordinator]
    for (const each of processes) each?.signal('SIGKILL')
    await Promise.all(processes.map((each) => each?.ended))
  }
}

/** What happens to a run, by name. */
export type Faults = Readonly<Record<string, (site: Site, rng: ReturnType<typeof makeRng>) => Promise<void>>>

/** Lets faults happen at random moments of a fixed seed, over as many runs as it takes to have each often enough. */
export async function faults(name: string, begin: () => Site, kinds: Faults): Promise<void> {
  const rng = makeRng(`machines ${name}`)
  const happened = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0]))
  const lacking = () => Object.keys(kinds).filter((kind) => happened[kind]! < TIMES)
  let runs = 0
  for (; lacking().length > 0; runs++) {
    const site = begin()
    site.run()
    await until(() => existsSync(site.output))
    for (let here = 0; here < FAULTS_OF_A_RUN && lacking().length > 0; here++) {
      await wait(200 + rng.nextInt(800))
      if (!site.coordinator.running) break
      const kind = lacking()[rng.nextInt(lacking().length)]!
      await kinds[kind]!(site, rng)
      happened[kind]!++
    }
    await site.endsWell()
  }
  console.log(`${name}: ${JSON.stringify(happened)} in ${runs} runs`)
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 9600; i++) {
    if (await condition()) return
    await wait(50)
  }
  throw new Error('it did not come to pass within eight minutes')
}

/** Environment of a process into which a file of `preload/` is loaded first. */
export function preload(name: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'preload', name)}` }
}

async function expectWell(ended: Promise<{ code: number | null; stderr: string }>): Promise<void> {
  const { code, stderr } = await ended
  expect(code, stderr).toBe(0)
}
