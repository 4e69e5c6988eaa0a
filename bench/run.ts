/**
 * npm run bench [-- --out FILE] [--million] [WORD …]: every benchmark whose name holds one of the words, each candidate
 * in its own process, one after another; figures with result hashes. `npm run bench:compare -- a.json b.json` compares two files.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { machine } from '../run/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const node = (file: string, ...args: string[]) => ({ name: [file, ...args].join(' '), file: join(here, file), args })
const sizes = [1_000, 10_000, 100_000]
const candidates = [
  ...[1_000, 100_000, 1_000_000].map((n) => node('kernel/phold.js', String(n), '5000000')),
  ...['flatqueue', 'tinyqueue', 'simjs', 'simpy', 'ns3', 'priority-queue'].flatMap((peer) =>
    [1_000, 100_000, 1_000_000].map((n) => node('peers/phold.js', peer, String(n))),
  ),
  ...['calendar', 'heap', 'tinyqueue'].map((queue) => node('kernel/hold.js', queue)),
  ...['calendar', 'heap', 'tinyqueue'].map((queue) => node('kernel/cancellation.js', queue)),
  node('kernel/streams.js'),
  ...[...sizes, ...(argv.includes('--million') ? [1_000_000] : [])].map((n) => node('model/day.js', String(n))),
  node('model/day.js', '100000', 'pool'),
  node('model/extension.js'),
  node('model/workers.js'),
  node('end-to-end/sqlite.js'),
  node('end-to-end/postgres.js'),
]

const words = argv.slice(2).filter((word, at, all) => !word.startsWith('--') && all[at - 1] !== '--out')
const out = argv.includes('--out') ? argv[argv.indexOf('--out') + 1] : undefined
const records = join(mkdtempSync(join(tmpdir(), 'mingle-bench-')), 'records.jsonl')
let failures = 0
for (const { name, file, args } of candidates) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue
  console.log(`\n== ${name}`)
  const { status } = spawnSync(execPath, [file, ...args], { stdio: 'inherit', env: { ...env, BENCH_RECORDS: records } })
  if (status !== 0) failures++
}
if (out !== undefined) {
  const lines = existsSync(records) ? readFileSync(records, 'utf8').trim().split('\n') : []
  writeFileSync(out, JSON.stringify({ machine: machine(), records: lines.map((line) => JSON.parse(line)) }, null, 2))
  console.log(`\n${lines.length} figures in ${out}`)
}
exit(failures > 0 ? 1 : 0)
