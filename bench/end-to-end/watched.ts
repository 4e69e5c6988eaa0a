/**
 * node dist/bench/end-to-end/watched.js [PEOPLE] [DAYS] [--rounds 12]: what `--watch` costs the run that is watched: a whole
 * `mingle run` into SQLite with it, somebody listening as the page does, and without it, in turn. Ratios within a round by
 * processor time and by the clock: their middle and its 95% interval, because a round alone says as much of the machine as
 * of the watch. The goal is less than 1.03.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { percentileInterval, quantile } from '../../experiments/statistics/index.ts'
import { makeRng } from '../../sim/kernel/index.ts'
import { parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { type Taken, TELLING, takenOf } from './process.ts'

const MINGLE = resolve(import.meta.dirname, '../../cli/mingle.js')
const USAGE = 'node dist/bench/end-to-end/watched.js [PEOPLE] [DAYS] [--rounds 12]'

/** What came to whoever listened. */
interface Heard {
  days: number
  rates: number
  ended: boolean
}

interface Run extends Taken {
  readonly digest: string
  readonly heard: Heard | null
}

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(args, { rounds: { type: 'string' } }, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 12)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-watched-'))
  const watched: Run[] = []
  const alone: Run[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      // Whoever goes second finds warmer caches: each does in turn.
      for (const watch of round % 2 === 0 ? [true, false] : [false, true]) {
        const run = await oneRun(join(folder, `${round}-${watch}.db`), people, days, watch)
        ;(watch ? watched : alone).push(run)
        if (run.digest !== alone.at(-1)?.digest && alone.length > 0) throw new Error('a watched run has another digest')
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const last = watched.at(-1)!.heard!
  if (last.days !== days || !last.ended) throw new Error(`only ${last.days} of ${days} days were heard, or not the end`)
  for (const [what, unit] of [
    ['cpuSeconds', '× CPU'],
    ['seconds', '× wall'],
  ] as const) {
    const ratios = watched.map((run, i) => run[what] / alone[i]![what])
    report({
      name: `--watch / without, ${people} people × ${days} days into SQLite`,
      ...quarters(ratios),
      unit,
      method: `${rounds} rounds in turn`,
      '95% of the middle': intervalOf(ratios)
        .map((end) => end.toPrecision(3))
        .join('–'),
      watched: `${quarters(watched.map((run) => run[what])).value.toFixed(2)} s`,
      without: `${quarters(alone.map((run) => run[what])).value.toFixed(2)} s`,
      'rates heard on days': last.rates,
      hash: alone[0]!.digest,
    })
  }
})

/** How far the middle of some ratios is known, by resampling them: no distribution is assumed. */
function intervalOf(ratios: readonly number[]): readonly [number, number] {
  const middle = (chosen: ArrayLike<number>) => quantile(Float64Array.from(chosen, (i) => ratios[i]!).sort(), 0.5)
  return percentileInterval(ratios.length, middle, makeRng('middle of ratios'))
}

async function oneRun(file: string, people: number, days: number, watch: boolean): Promise<Run> {
  const asked = ['--run-seed', 'demo-2024', '--count', `${people}`, '--days', `${days}`, '--start-date', '2024-01-01']
  const start = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...[...TELLING, MINGLE, 'run', ...asked, '--database-url', `file:${file}`, '--snapshot-dir', 'off'],
      ...['--skip-jobs', '--json', ...(watch ? ['--watch'] : [])],
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  )
  const ended = new Promise<number>((resolve) => child.once('exit', () => resolve((performance.now() - start) / 1000)))
  const [out, took, { said, heard }, seconds] = await Promise.all([
    text(child.stdout!),
    text(child.stdio[3] as Readable),
    listen(child.stderr!, watch),
    ended,
  ])
  if (child.exitCode !== 0) throw new Error(`mingle run ended with code ${child.exitCode}: ${said}`)
  process.stderr.write(`${watch ? 'watched' : 'alone'}: ${seconds.toFixed(2)} s\n`)
  return { ...takenOf(took, seconds), digest: JSON.parse(out).digest, heard }
}

/** Reads what the run says, and as soon as it names the page's address listens there, as the page does. */
function listen(errors: Readable, watch: boolean): Promise<{ said: string; heard: Heard | null }> {
  let said = ''
  return new Promise((resolve, reject) => {
    let heard: Promise<Heard> | undefined
    errors.setEncoding('utf8').on('data', (part) => {
      said += part
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\W)/.exec(said)?.[0]
      if (watch && address !== undefined) heard ??= hear(new URL(address))
    })
    errors.on('end', () => {
      if (watch && !heard) reject(new Error(`the run named no page: ${said}`))
      else Promise.resolve(heard ?? null).then((heard) => resolve({ said, heard }), reject)
    })
  })
}

async function hear(address: URL): Promise<Heard> {
  const heard: Heard = { days: 0, rates: 0, ended: false }
  const response = await fetch(`${address.origin}/api/watch`, {
    headers: { authorization: `Bearer ${address.searchParams.get('token')}` },
  })
  let rest = ''
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    const events = (rest + part).split('\n\n')
    rest = events.pop()!
    for (const event of events) {
      if (event.startsWith('event: day')) {
        heard.days++
        if (!event.includes('"rates":null')) heard.rates++
      } else if (event.startsWith('event: end')) heard.ended = true
    }
  }
  return heard
}
