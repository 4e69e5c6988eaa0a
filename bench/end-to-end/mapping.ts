/**
 * node dist/bench/end-to-end/mapping.js [PEOPLE] [DAYS] [--rounds 3]: the main job into SQLite under each mapping of
 * tests/fixtures/schemas that stands for a kind of site, beside the reference schema, each in its own process, in turn: processor
 * time a row, and the middle of the ratios within a round.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { planOn, prepareFile } from '../../tests/persist/mapping/site.ts'
import { parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { measured, middle } from './process.ts'
import { writeRun } from './write.ts'

const SELF = resolve(import.meta.dirname, 'mapping.js')
const USAGE = 'node dist/bench/end-to-end/mapping.js [PEOPLE] [DAYS] [--rounds 3]'
const SITES = ['reference', 'snake', 'swipes', 'weird'] as const

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(
    args,
    { rounds: { type: 'string' }, one: { type: 'string' }, into: { type: 'string' } },
    2,
  )
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  if (values.one !== undefined && values.into !== undefined) {
    await write(values.one, values.into, people, days)
    return
  }
  const taken = new Map<string, { cpu: number[]; rows: number; digest: string }>()
  for (let round = 0; round < rounds; round++) {
    for (const site of round % 2 === 0 ? SITES : SITES.toReversed()) {
      const folder = mkdtempSync(join(tmpdir(), 'mingle-mapping-'))
      try {
        const { cpuSeconds } = measured([SELF, `${people}`, `${days}`, '--one', site, '--into', folder])
        const { total, digest } = JSON.parse(readFileSync(join(folder, 'written.json'), 'utf8'))
        const own = taken.get(site) ?? { cpu: [], rows: total, digest }
        own.cpu[round] = (cpuSeconds / total) * 1e9
        taken.set(site, own)
      } finally {
        rmSync(folder, { recursive: true })
      }
    }
  }
  for (const [site, { cpu, rows, digest }] of taken) {
    report({
      name: `${people} people × ${days} days into SQLite, ${site}`,
      ...quarters(cpu),
      ...{ unit: 'ns/row', method: `${rounds} rounds in turn, CPU of the process`, hash: digest, rows },
    })
  }
  const reference = taken.get('reference')!.cpu
  for (const site of SITES.slice(1))
    console.log(`${site} / reference: ${middle(taken.get(site)!.cpu.map((ns, i) => ns / reference[i]!))} by CPU a row`)
})

async function write(site: string, folder: string, people: number, days: number): Promise<void> {
  const file = join(folder, 'site.db')
  const url = `file:${file}`
  let written: Awaited<ReturnType<typeof writeRun>>
  if (site === 'reference') written = await writeRun(url, people, days, 1)
  else {
    await prepareFile(file, site)
    written = await writeRun(url, people, days, 1, { mapping: await planOn('sqlite', site), intoExisting: true })
  }
  writeFileSync(join(folder, 'written.json'), JSON.stringify(written))
}
