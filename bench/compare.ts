/**
 * npm run bench:compare -- BEFORE.json AFTER.json [--noise 0.05]: the figures of two result files side by side. A figure
 * has changed when its middle moved by more than the noise and the quarters around the two middles do not overlap. Other
 * result hashes are said first: then the two did not do the same. Then what AFTER no longer has. Exit code 1 for these
 * and when something became slower.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Misuse, parse, program } from './options.ts'
import type { BenchRecord } from './record.ts'

/** Smallest change that counts when `--noise` is not given. */
const NOISE = 0.05
const USAGE = `npm run bench:compare -- BEFORE.json AFTER.json [--noise ${NOISE}]`

const FILE = z.object({
  records: z.array(
    z.looseObject({
      name: z.string(),
      value: z.number().positive(),
      low: z.number().nonnegative(),
      high: z.number().positive(),
      unit: z.string(),
      hash: z.string(),
    }),
  ),
})
type Figure = Pick<BenchRecord, 'name' | 'value' | 'low' | 'high' | 'unit' | 'hash'>
type Figures = ReadonlyMap<string, Figure>

export type Verdict = 'same' | 'faster' | 'slower' | 'other result'

/** Compares two measurements of one figure. @param noise share of the earlier value within which nothing is said */
export function compare(before: Figure, after: Figure, noise: number = NOISE): Verdict {
  if (before.hash !== after.hash || before.unit !== after.unit) return 'other result'
  if (Math.abs(after.value / before.value - 1) <= noise) return 'same'
  if (after.low <= before.high && before.low <= after.high) return 'same'
  return after.value < before.value ? 'faster' : 'slower'
}

/** Reads a result file. @throws Misuse when it is none */
export function read(file: string): Figures {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new Misuse(
      `${file} ${why} (${(error as Error).message.replaceAll(/\s+/g, ' ')}), expected a file made by npm run bench -- --out FILE`,
    )
  }
  const { data, error } = FILE.safeParse(json)
  if (data === undefined) {
    const [issue] = error.issues
    throw new Misuse(
      `${file} holds no figures (${issue!.path.join('.') || 'top'}: ${issue!.message}), ` +
        'expected a file made by npm run bench -- --out FILE',
    )
  }
  return new Map(data.records.map((record) => [record.name, record]))
}

/** What is to be said of two files, in this order, and whether all is well. */
export function comparison(before: Figures, after: Figures, noise: number): { lines: string[]; well: boolean } {
  const others: string[] = []
  const gone: string[] = []
  const rest: string[] = []
  let slower = 0
  for (const [name, old] of before) {
    const now = after.get(name)
    if (now === undefined) {
      gone.push(`${name}: gone, it was measured before and is not now`)
      continue
    }
    const verdict = compare(old, now, noise)
    const ratio = (now.value / old.value).toFixed(3)
    const values = `${old.value.toPrecision(4)} → ${now.value.toPrecision(4)} ${now.unit}, × ${ratio}`
    if (verdict === 'slower') slower++
    if (verdict !== 'other result') rest.push(`${name}: ${values}: ${verdict}`)
    else if (old.unit !== now.unit) others.push(`${name}: OTHER UNIT ${old.unit} → ${now.unit}`)
    else others.push(`${name}: OTHER RESULT, hash ${old.hash} → ${now.hash} (${values})`)
  }
  const fresh = [...after.keys()].filter((name) => !before.has(name)).map((name) => `${name}: new`)
  return { lines: [...others, ...gone, ...rest, ...fresh], well: others.length + gone.length + slower === 0 }
}

export function main(args: readonly string[]): number {
  const { values, words } = parse(args, { noise: { type: 'string' } }, 2)
  const noise = Number(values.noise ?? NOISE)
  if (values.noise?.trim() === '' || !(noise >= 0 && noise < 1)) {
    throw new Misuse(`--noise is '${values.noise}', expected a share from 0 to less than 1, such as ${NOISE}`)
  }
  const [first, second] = words
  if (first === undefined || second === undefined) {
    throw new Misuse(
      `${words.length === 0 ? 'no' : 'one'} result file given, expected two; make them by npm run bench -- --out FILE`,
    )
  }
  const { lines, well } = comparison(read(first), read(second), noise)
  for (const line of lines) console.log(line)
  return well ? 0 : 1
}

await program(import.meta.url, USAGE, main)
