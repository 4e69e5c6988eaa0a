import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Misuse, parse } from './options.ts'

/** A benchmark with its arguments. */
export interface Candidate {
  readonly name: string
  /** Below bench/. */
  readonly file: string
  readonly args: readonly string[]
}

export interface Plan {
  readonly candidates: readonly Candidate[]
  readonly out: string | undefined
}

export const USAGE = `npm run bench -- [--out FILE] [--million] [WORD …]
  WORD       only the benchmarks whose name holds one of the words
  --out      a file for the figures, which npm run bench:compare reads
  --million  also a day of a million people`

/** What the command line asks for. @throws Misuse before anything is measured */
export function planOf(args: readonly string[]): Plan {
  const { values, words } = parse(args, { out: { type: 'string' }, million: { type: 'boolean' } })
  if (values.out !== undefined) checkOut(values.out)
  const all = candidates(values.million === true)
  const matches = (name: string, word: string) => name.includes(word)
  const lost = words.find((word) => !all.some(({ name }) => matches(name, word)))
  if (lost !== undefined) {
    throw new Misuse(`no benchmark's name holds '${lost}', expected a part of one of: ${names(all)}`)
  }
  const chosen = words.length === 0 ? all : all.filter(({ name }) => words.some((word) => matches(name, word)))
  return { candidates: chosen, out: values.out }
}

function candidates(million: boolean): Candidate[] {
  const one = (file: string, ...args: string[]) => ({ name: [file, ...args].join(' '), file, args })
  const people = [1_000, 10_000, 100_000, ...(million ? [1_000_000] : [])]
  return [
    ...[1_000, 100_000, 1_000_000].map((n) => one('kernel/phold.js', String(n), '5000000')),
    ...['flatqueue', 'tinyqueue', 'simjs', 'simpy', 'ns3', 'priority-queue'].flatMap((peer) =>
      [1_000, 100_000, 1_000_000].map((n) => one('peers/phold.js', peer, String(n))),
    ),
    ...['calendar', 'heap', 'tinyqueue'].map((queue) => one('kernel/hold.js', queue)),
    ...['calendar', 'heap', 'tinyqueue'].map((queue) => one('kernel/cancellation.js', queue)),
    one('kernel/streams.js'),
    ...people.map((n) => one('model/day.js', String(n))),
    one('model/scale.js', ...(million ? ['--million'] : [])),
    one('model/extension.js'),
    one('model/workers.js'),
    one('end-to-end/sqlite.js', '2000', '14'),
    ...['1000', '10000'].map((n) => one('jobs/derive.js', n, '30')),
    one('end-to-end/postgres.js'),
  ]
}

function names(all: readonly Candidate[]): string {
  return all.map(({ name }) => name).join(', ')
}

function checkOut(file: string): void {
  if (file === '') throw new Misuse("--out is '', expected a file")
  const folder = dirname(resolve(file))
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Misuse(`--out is '${file}', but there is no folder ${folder}; make it first`)
  }
  const there = statSync(file, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new Misuse(`--out is '${file}', which is a folder, expected a file`)
  try {
    accessSync(there ? file : folder, constants.W_OK)
  } catch {
    throw new Misuse(`--out is '${file}', which must not be written here; choose another`)
  }
}
