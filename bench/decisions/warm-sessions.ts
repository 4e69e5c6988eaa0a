/**
 * node dist/bench/decisions/warm-sessions.js [PEOPLE] [LEVEL]: is it worth reading a person's decisions and seen posts when a
 * session begins? The same days with and without, each in processes of its own, in turn. Result in
 * docs/decisions/0005-fetch-before-searching.md.
 */
import { execFileSync } from 'node:child_process'
import { argv, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Decisions } from '../../sim/agents/index.ts'
import { SeenPosts } from '../../sim/events/feed/seen.ts'
import { ObservedRun } from '../model/observed.ts'
import { cpuNs, quarters, report } from '../record.ts'

const [people = '10000', market = 'division', mode] = argv.slice(2)
const ROUNDS = 3
const DAYS = 6

if (mode === undefined) {
  const ratios: number[] = []
  let hash = ''
  for (let round = 0; round < ROUNDS; round++) {
    const [plain, warm] = ['plain', 'warm'].map((kind) => {
      const args = [fileURLToPath(import.meta.url), people, market, kind]
      return JSON.parse(execFileSync(execPath, args, { encoding: 'utf8' })) as { value: number; hash: string }
    }) as [{ value: number; hash: string }, { value: number; hash: string }]
    if (plain.hash !== warm.hash) throw new Error('fetching changed the facts')
    ratios.push(warm.value / plain.value)
    hash = warm.hash
  }
  report({
    name: `fetching / not, ${people} people, ${market}`,
    ...quarters(ratios),
    unit: '×',
    method: 'processes in turn',
    hash,
  })
} else {
  if (mode === 'plain') for (const kind of [Decisions, SeenPosts]) kind.prototype.warm = () => {}
  const run = new ObservedRun({ seed: 'bench', count: Number(people), market })
  run.days(Number(people) > 20_000 ? 3 : 27)
  const samples = Array.from({ length: DAYS }, () => {
    const before = cpuNs()
    return run.days(1) / (cpuNs() - before)
  })
  console.log(JSON.stringify({ value: 1 / quarters(samples).value, hash: run.digest }))
}
