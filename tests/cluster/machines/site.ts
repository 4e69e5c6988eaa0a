import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { filesOf, rowsOf } from './outputs.ts'
import { Mingle, mingle, wait } from './processes.ts'

/** Each kind of fault happens at least so often. */
export const TIMES = 10
export const RUN = ['--run-seed', 'chaos', '--count', '700', '--days', '5', '--market', 'metro']

/** A folder of a test file's own, and what a run that nothing happens to gives. */
export class Ground {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingle-machines-'))
  /** Of the run on one machine. */
  rows: Record<string, string> = {}
  /** Of its tasks, carried out one after the other. */
  files: Record<string, string> = {}
  #sites = 0

  static async make(): Promise<Ground> {
    const ground = new Ground()
    const [one, tasks, plan] = ['one', 'tasks', 'plan'].map((name) => join(ground.folder, name))
    await expectWell(mingle('run', ...RUN, '--database-url', `ndjson:${one}`))
    ground.rows = rowsOf(one!)
    await expectWell(mingle('plan', 'run', ...RUN, '--database-url', `ndjson:${tasks}`, '--out', plan!))
    await expectWell(mingle('task', 'run', plan!))
    await expectWell(mingle('plan', 'finish', plan!))
    expect(rowsOf(tasks!)).toEqual(ground.rows)
    ground.files = filesOf(tasks!)
    return ground
  }

  place(): string {
    return join(this.folder, `out-${++this.#sites}`)
  }

  remove(): void {
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
  readonly #run: readonly string[]
  /** Of workers that are hired from now on. */
  environment: Readonly<Record<string, string>> = {}

  constructor(ground: Ground, broker: string, run: readonly string[] = RUN) {
    this.#ground = ground
    this.#broker = broker
    this.#run = run
    this.output = ground.place()
  }

  hire(count = 1, broker = this.#broker): void {
    const words = ['worker', '--queue', broker, '--lock', '2']
    for (let i = 0; i < count; i++) this.workers.push(new Mingle(words, this.environment))
  }

  run(): Mingle {
    const words = [...this.#run, '--database-url', `ndjson:${this.output}`]
    this.coordinator = new Mingle(['run', '--cluster', this.#broker, ...words])
    return this.coordinator
  }

  /** Where the manifests of the tasks lie, once the run has begun. */
  get control(): string {
    const [name] = readdirSync(join(this.output, '_mingle'))
    return join(this.output, '_mingle', name!)
  }

  /** Nothing lost, nothing doubled, equal bytes, and nothing left behind. */
  async endsWell(): Promise<void> {
    await this.close()
    expect(rowsOf(this.output)).toEqual(this.#ground.rows)
    expect(filesOf(this.output)).toEqual(this.#ground.files)
    expect(readdirSync(this.output)).not.toContain('.writing-tasks')
    expect(JSON.parse(readFileSync(join(this.output, '_SUCCESS'), 'utf8'))).toMatchObject({ seed: 'chaos', days: 5 })
    rmSync(this.output, { recursive: true })
  }

  async close(): Promise<void> {
    for (const each of [...this.workers, this.coordinator]) each.signal('SIGKILL')
    await Promise.all([...this.workers, this.coordinator].map(({ ended }) => ended))
  }
}

/** Lets a fault happen at random moments, over as many runs as it takes to have it often enough. */
export async function faults(
  name: string,
  begin: () => Site,
  fault: (site: Site, rng: ReturnType<typeof makeRng>) => Promise<void>,
): Promise<void> {
  const rng = makeRng(`machines ${name}`)
  let [happened, runs] = [0, 0]
  while (happened < TIMES) {
    const site = begin()
    site.run()
    runs++
    await until(() => readdirSync(join(site.output, '..')).includes(site.output.split('/').at(-1)!))
    for (let here = 0; site.coordinator.running && here < 6; ) {
      await wait(200 + rng.nextInt(1000))
      if (!site.coordinator.running) break
      await fault(site, rng)
      happened++
      here++
    }
    const { code, stderr } = await site.coordinator.ended
    expect(code, `${name}: ${stderr}`).toBe(0)
    await site.endsWell()
  }
  console.log(`${name}: ${happened} times in ${runs} runs`)
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 9600; i++) {
    if (await condition()) return
    await wait(50)
  }
  throw new Error('it did not come to pass within eight minutes')
}

async function expectWell(ended: Promise<{ code: number | null; stderr: string }>): Promise<void> {
  const { code, stderr } = await ended
  expect(code, stderr).toBe(0)
}
