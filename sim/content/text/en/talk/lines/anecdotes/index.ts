import { ready } from '../../../words/contractions.ts'
import { S } from '../../kinds.ts'
import { DAY } from './day.ts'
import { JOKES } from './jokes.ts'
import { MISHAPS } from './mishaps.ts'
import { OPINIONS } from './opinions.ts'
import { PEOPLE } from './people.ts'
import type { AnecdoteRow } from './row.ts'

/** What somebody's day is like just now, and what happened to them lately. */
const DAYS: readonly AnecdoteRow[] = [...DAY, ...PEOPLE, ...MISHAPS]

/** An anecdote's number: where its group begins, and its place in it. All three groups stay below 1,023. */
const BASE = 300
const ANECDOTES: readonly (readonly AnecdoteRow[])[] = [DAYS, OPINIONS, JOKES]

/** The lines of the three groups of statements that tell anecdotes. */
export const ANECDOTE_LINES = {
  shareDay: DAYS.map(([line]) => line),
  opinion: OPINIONS.map(([line]) => line),
  joke: JOKES.map(([line]) => line),
} satisfies Readonly<Record<string, readonly string[]>>

/** Number of the anecdote that a line of a group of statements tells, −1 where the group has none. */
export function anecdoteCode(group: number, place: number): number {
  if (group === S.shareDay) return place
  if (group === S.opinion) return BASE + place
  return group === S.joke ? 2 * BASE + place : -1
}

function rowOf(code: number): AnecdoteRow {
  const rows = ANECDOTES[Math.floor(code / BASE) % ANECDOTES.length]!
  return rows[(code % BASE) % rows.length]!
}

const told: ((at: number) => string)[] = []

/** What is said to an anecdote, asked about it (`draw` 0) or answered; any non-negative draw chooses one of them. */
export function anecdoteWord(code: number, part: 'hears' | 'ask' | 'answer', draw: number): string {
  const [, hears, ask, answers] = rowOf(code)
  told[code] ??= ready([ask, ...hears, ...answers])
  if (part === 'ask') return told[code](0)
  return told[code](part === 'hears' ? 1 + (draw % hears.length) : 1 + hears.length + (draw % answers.length))
}
