/**
 * npm run bench [-- --out FILE] [--million] [WORD …]: every benchmark whose name holds one of the words, each candidate
 * in its own process, one after another; figures with result hashes. `npm run bench:compare -- a.json b.json` compares two files.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { machine } from '../run/index.ts'
import { program } from './options.ts'
import { planOf, USAGE } from './plan.ts'

await program(import.meta.url, USAGE, (args) => {
  const { candidates, out } = planOf(args)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
  const records = join(folder, 'records.jsonl')
  let failures = 0
  for (const { name, file, args } of candidates) {
    console.log(`\n== ${name}`)
    const { status } = spawnSync(execPath, [join(import.meta.dirname, file), ...args], {
      stdio: 'inherit',
      env: { ...env, BENCH_RECORDS: records },
    })
    if (status !== 0) failures++
  }
  if (out !== undefined) {
    const lines = existsSync(records) ? readFileSync(records, 'utf8').trim().split('\n') : []
    writeFileSync(out, JSON.stringify({ machine: machine(), records: lines.map((line) => JSON.parse(line)) }, null, 2))
    console.log(`\n${lines.length} figures in ${out}`)
  }
  rmSync(folder, { recursive: true })
  return failures > 0 ? 1 : 0
})
