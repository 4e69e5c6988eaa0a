/** A point of a series with its interval. */
export interface PlotPoint {
  readonly x: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

const MARKS = ['●', '○', '■', '□', '▲', '△']
const WIDTH = 64
const HEIGHT = 16

/**
 * Series over a common axis as lines of text: a mark for each mean, a bar for its interval, and names below.
 *
 * @param format writes a value at the left edge
 */
export function linePlot(
  series: ReadonlyMap<string, readonly PlotPoint[]>,
  format: (value: number) => string,
): string[] {
  const points = [...series.values()].flat()
  if (points.length === 0) return ['nothing to draw']
  const [left, right] = ends(points.map(({ x }) => x))
  const [bottom, top] = ends(points.flatMap(({ low, high }) => [low, high]))
  const column = (x: number) => Math.round(((x - left) / (right - left)) * (WIDTH - 1))
  const line = (y: number) => Math.round(((top - y) / (top - bottom)) * (HEIGHT - 1))
  const cells = Array.from({ length: HEIGHT }, () => new Array<string>(WIDTH).fill(' '))
  for (const { x, low, high } of points) for (let y = line(high); y <= line(low); y++) cells[y]![column(x)] = '│'
  for (const [i, own] of [...series.values()].entries())
    for (const { x, mean } of own) cells[line(mean)]![column(x)] = MARKS[i % MARKS.length]!
  const labels = cells.map((_, y) => (y % 5 === 0 ? format(top - (y / (HEIGHT - 1)) * (top - bottom)) : ''))
  const margin = Math.max(...labels.map((label) => label.length))
  const rows = cells.map((row, y) => `${labels[y]!.padStart(margin)} ${labels[y] ? '┤' : '│'}${row.join('').trimEnd()}`)
  const [first, last] = [short(left), short(right)]
  const names = [...series.keys()].flatMap((name, i) =>
    name === '' ? [] : [`${' '.repeat(margin + 2)}${MARKS[i % MARKS.length]} ${name}`],
  )
  return [
    ...rows,
    `${' '.repeat(margin)} └${'─'.repeat(WIDTH)}`,
    `${' '.repeat(margin + 2)}${first}${last.padStart(WIDTH - first.length)}`,
    ...names,
  ]
}

/** Ends of some numbers, apart from each other. */
function ends(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low < high ? [low, high] : [low - 1, high + 1]
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
