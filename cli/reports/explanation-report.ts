import type { Change, Explanation } from '../../sim/index.ts'
import { tableLines } from './table.ts'

const SIGNS = { plus: '+', times: '×', over: '÷', 'at most': '≤' } as const

/** An explanation for people to read. */
export function explanationLines(explained: Explanation): string[] {
  const { outcome, summary, at, terms, link, probability, draw, wouldChange } = explained
  const lines = [`${outcome}${at === null ? '' : `, ${at.time} (day ${at.day})`}`, ...summary]
  if (terms.length > 0) {
    const rows = terms.map(({ name, effect, value, inputs }) => [
      name,
      `${SIGNS[effect]} ${number(value)}`,
      Object.entries(inputs)
        .map(([key, input]) => `${key} ${typeof input === 'number' ? number(input) : input}`)
        .join(', '),
    ])
    const what = link === 'logistic' ? 'log-odds' : 'probability'
    lines.push('', ...tableLines(['term', what, 'from'], rows))
  }
  if (probability !== null) lines.push('', `probability ${number(probability)}, draw ${number(draw!)}`)
  const possible = wouldChange.filter((change) => change.possible)
  if (possible.length > 0)
    lines.push('', 'The other outcome, all else equal, from here on:', ...possible.map(changeLine))
  return lines
}

function changeLine({ term, from, to }: Change): string {
  return `  ${term} ${number(to)} instead of ${number(from)}`
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return Math.abs(value) < 0.001 ? value.toExponential(2) : String(Number(value.toPrecision(4)))
}
