/**
 * npm run bench:compare -- BEFORE.json AFTER.json [--noise 0.05]: the figures of two result files side by side. A figure
 * has changed when its middle moved by more than the noise and the quarters around the two middles do not overlap. A result
 * hash that changed is said first: then the two did not do the same. Exit code 1 when something became slower.
 */
import { readFileSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import type { BenchRecord } from './record.ts'

/** Smallest change that counts when `--noise` is not given. */
const NOISE = 0.05

export type Verdict = 'same' | 'faster' | 'slower' | 'other result'

/** Compares two measurements of one figure. @param noise share of the earlier value within which nothing is said */
export function compare(before: BenchRecord, after: BenchRecord, noise: number = NOISE): Verdict {
  if (before.hash !== after.hash) return 'other result'
  if (Math.abs(after.value / before.value - 1) <= noise) return 'same'
  if (after.low <= before.high && before.low <= after.high) return 'same'
  return after.value < before.value ? 'faster' : 'slower'
}

function read(file: string): Map<string, BenchRecord> {
  const { records } = JSON.parse(readFileSync(file, 'utf8')) as { records: BenchRecord[] }
  return new Map(records.map((record) => [record.name, record]))
}

function main(): void {
  const at = argv.indexOf('--noise')
  const noise = at < 0 ? NOISE : Number(argv[at + 1])
  const [first, second] = argv.slice(2).filter((word, i, all) => word !== '--noise' && all[i - 1] !== '--noise')
  if (first === undefined || second === undefined) {
    console.error('bench:compare needs two result files, made by npm run bench -- --out FILE')
    exit(2)
  }
  const [before, after] = [read(first), read(second)]
  let slower = 0
  for (const [name, old] of before) {
    const now = after.get(name)
    if (now === undefined) {
      console.log(`${name}: not in ${second}`)
      continue
    }
    const verdict = compare(old, now, noise)
    if (verdict === 'slower') slower++
    const ratio = (now.value / old.value).toFixed(3)
    console.log(
      `${name}: ${old.value.toPrecision(4)} → ${now.value.toPrecision(4)} ${now.unit}, × ${ratio}: ${verdict}`,
    )
  }
  for (const name of after.keys()) if (!before.has(name)) console.log(`${name}: not in ${first}`)
  exit(slower > 0 ? 1 : 0)
}

if (argv[1] === fileURLToPath(import.meta.url)) main()
