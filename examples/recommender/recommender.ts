/**
 * A small recommender on exported data: `npm run example:recommender`. It learns from the features that a site could know
 * who likes whom, on the first two thirds of the days, and is judged on the rest by its AUC, beside that of the true
 * probabilities: nobody can rank better than these, however large the model.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askedRun, exportRun } from '../../index.ts'

type Row = Readonly<Record<string, string | number>>

const GENDERS = ['woman', 'man', 'nonbinary']
const PLACES = ['deck', 'inbox', 'feed']

/** What the model sees of a decision. Nothing of the column role `truth`. */
export function featuresOf(row: Row): number[] {
  const number = (name: string) => Number(row[name])
  const near = 1 / (1 + number('km') / 15)
  const gap = Math.abs(number('viewer_age') - number('candidate_age'))
  const genders = GENDERS.slice(1).map((gender) => (row.viewer_gender === gender ? 1 : 0))
  const places = PLACES.slice(1).map((place) => (row.shown_from === place ? 1 : 0))
  const man = genders[0]!
  const shared = [
    near,
    number('quiz_agreement'),
    number('interest_overlap'),
    number('intent_mismatch'),
    number('age_mismatch'),
  ]
  return [
    1,
    ...genders,
    ...places,
    ...shared,
    ...shared.map((value) => value * man),
    gap / 10,
    number('likes_in_session') / 10,
  ]
}

/** Adds what the candidate's popularity among others so far tells, which a site can count. */
export class Popularity {
  readonly #seen = new Map<number, { likes: number; decisions: number }>()

  /** Log-odds of a like by the candidate's record, drawn to the mean where there is little of it. */
  of(candidate: number, mean: number): number {
    const { likes, decisions } = this.#seen.get(candidate) ?? { likes: 0, decisions: 0 }
    const share = (likes + PRIOR * mean) / (decisions + PRIOR)
    return Math.log(share / (1 - share))
  }

  add(candidate: number, liked: number): void {
    const record = this.#seen.get(candidate) ?? { likes: 0, decisions: 0 }
    record.likes += liked
    record.decisions++
    this.#seen.set(candidate, record)
  }
}

/** Decisions' worth of the mean that a candidate starts with (chosen). */
const PRIOR = 8
const PASSES = 30

/** Logistic regression by stochastic gradient descent, in the order of the rows. */
export function train(rows: readonly { readonly x: readonly number[]; readonly y: number }[]): number[] {
  const weights = new Array<number>(rows[0]!.x.length).fill(0)
  for (let pass = 0; pass < PASSES; pass++) {
    const rate = 0.05 / (1 + pass)
    for (const { x, y } of rows) {
      const error = y - predict(weights, x)
      for (let i = 0; i < x.length; i++) weights[i]! += rate * error * x[i]!
    }
  }
  return weights
}

export function predict(weights: readonly number[], x: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += weights[i]! * x[i]!
  return 1 / (1 + Math.exp(-sum))
}

/** The chance that a liked one is ranked above one that was not; ties count half. */
export function areaUnderCurve(scores: readonly number[], labels: readonly number[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let ranks = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++
    for (let i = from; i < to; i++) if (labels[order[i]!] === 1) ranks += (from + to + 1) / 2
    from = to
  }
  const liked = labels.reduce((sum, label) => sum + label, 0)
  return (ranks - (liked * (liked + 1)) / 2) / (liked * (labels.length - liked))
}

export interface Judged {
  readonly rows: number
  readonly model: number
  readonly ceiling: number
}

/** Trains on the first two thirds of the days and judges on the rest. @param rows in order of time */
export function judge(rows: readonly Row[]): Judged {
  const split = (Number(rows.at(-1)!.day) + 1) * (2 / 3)
  const popularity = new Popularity()
  const mean = rows.reduce((sum, row) => sum + Number(row.liked), 0) / rows.length
  const seen = rows.map((row) => {
    const x = [...featuresOf(row), popularity.of(Number(row.candidate), mean)]
    if (Number(row.day) < split) popularity.add(Number(row.candidate), Number(row.liked))
    return { x, y: Number(row.liked), truth: Number(row.probability), day: Number(row.day) }
  })
  const weights = train(seen.filter(({ day }) => day < split))
  const rest = seen.filter(({ day }) => day >= split)
  const labels = rest.map(({ y }) => y)
  return {
    rows: rows.length,
    model: areaUnderCurve(
      rest.map(({ x }) => predict(weights, x)),
      labels,
    ),
    ceiling: areaUnderCurve(
      rest.map(({ truth }) => truth),
      labels,
    ),
  }
}

/** Exports a run's decisions and reads them back, in order of time. */
export async function decisionsOf(seed: string, count: number, days: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-recommender-'))
  try {
    await exportRun(askedRun({ seed, count }, days), { tables: ['interactions'], format: 'ndjson', folder })
    const lines = readFileSync(join(folder, 'interactions.ndjson'), 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line) as Row).sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, model, ceiling } = judge(await decisionsOf('demo-2024', 1000, 30))
  console.log(`${rows} decisions`)
  console.log(`AUC of the model:              ${model.toFixed(4)}`)
  console.log(`AUC of the true probabilities: ${ceiling.toFixed(4)}, which nobody can beat`)
}
