import { MEASURES, type Outcome, type Point, type Trial } from '../studies/index.ts'

/** Columns of `trials.csv`: the seed, the parameters that vary, every measure, the run's digest, what went wrong. */
export function columnsOf(paths: readonly string[]): string[] {
  return ['seed', ...paths, ...MEASURES.map(({ key }) => key), 'digest', 'error']
}

/** What tells trials of one experiment apart. A path that a point does not have is an empty cell: the setting's own value. */
export function trialKey({ seed, point }: Trial, paths: readonly string[]): string {
  return [cell(seed), ...paths.map((path) => (point[path] === undefined ? '' : String(point[path])))].join(',')
}

export function rowOf(trial: Trial, outcome: Outcome, paths: readonly string[]): string {
  const values = 'values' in outcome ? outcome.values : {}
  const cells = MEASURES.map(({ key }) => values[key] ?? '')
  const [digest, error] = 'values' in outcome ? [outcome.digest, ''] : ['', outcome.error]
  return `${[trialKey(trial, paths), ...cells, digest, cell(error)].join(',')}\n`
}

/** A trial's key and outcome, from its row. Null for one that is not whole. */
export function readRow(cells: readonly string[], paths: readonly string[]): { key: string; outcome: Outcome } | null {
  if (cells.length !== 3 + paths.length + MEASURES.length) return null
  const point: Point = Object.fromEntries(
    paths.flatMap((path, i) => (cells[i + 1] === '' ? [] : [[path, Number(cells[i + 1])]])),
  )
  const key = trialKey({ seed: cells[0]!, point }, paths)
  const [digest, error] = cells.slice(-2) as [string, string]
  if (error !== '') return { key, outcome: { error } }
  const values = Object.fromEntries(
    MEASURES.map((measure, i) => {
      const text = cells[1 + paths.length + i]!
      return [measure.key, text === '' ? null : Number(text)]
    }),
  )
  return { key, outcome: { values, digest } }
}

/** Quoted where CSV (RFC 4180) wants it; on one line, so that a file cut off in a row is cut at a line's end. */
function cell(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ')
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
}

/** The cells of one line. */
export function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
  return cells
}
