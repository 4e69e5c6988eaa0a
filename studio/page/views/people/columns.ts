import { ARCHETYPES, GENDERS } from '../../../../sim/index.ts'
import { plain } from '../../charts/format.ts'
import { type PeopleTable, SURPRISES } from '../../worker/world/protocol.ts'

export interface Column {
  readonly id: string
  readonly name: string
  /** What the list is sorted by. */
  readonly value: (table: PeopleTable, i: number) => number | string
  readonly text: (table: PeopleTable, i: number) => string
  readonly number: boolean
  /** Left out where there is little room. */
  readonly wide?: true
  readonly title?: string
}

const count = (id: string, name: string, column: (table: PeopleTable) => ArrayLike<number>, wide?: true): Column => ({
  id,
  name,
  value: (table, i) => column(table)[i]!,
  text: (table, i) => `${column(table)[i]!}`,
  number: true,
  ...(wide && { wide }),
})

const trait = (id: 'sociability' | 'selectivity' | 'engagement'): Column => ({
  id,
  name: id,
  value: (table, i) => table[id][i]!,
  text: (table, i) => table[id][i]!.toFixed(2),
  number: true,
  wide: true,
})

const share = (part: number, whole: number) => (whole > 0 ? part / whole : -1)
const percent = (value: number) => (value < 0 ? '–' : `${Math.round(value * 100)}%`)

export const COLUMNS: readonly Column[] = [
  { id: 'k', name: 'no.', value: (_, i) => i + 1, text: (_, i) => `${i + 1}`, number: true, wide: true },
  { id: 'name', name: 'name', value: ({ names }, i) => names[i]!, text: ({ names }, i) => names[i]!, number: false },
  { id: 'age', name: 'age', value: ({ age }, i) => age[i]!, text: ({ age }, i) => `${age[i]!}`, number: true },
  {
    id: 'gender',
    name: 'gender',
    value: ({ gender }, i) => gender[i]!,
    text: ({ gender }, i) => GENDERS[gender[i]!]!,
    number: false,
    wide: true,
  },
  {
    id: 'archetype',
    name: 'archetype',
    value: ({ archetype }, i) => ARCHETYPES[archetype[i]!]!,
    text: ({ archetype }, i) => ARCHETYPES[archetype[i]!]!,
    number: false,
    wide: true,
  },
  trait('sociability'),
  trait('selectivity'),
  trait('engagement'),
  count('sessions', 'sessions', (table) => table.sessions),
  count('posts', 'posts', (table) => table.posts, true),
  {
    id: 'like-share',
    name: 'likes of',
    value: (t, i) => share(t.likesSent[i]!, t.decisions[i]!),
    text: (t, i) => percent(share(t.likesSent[i]!, t.decisions[i]!)),
    number: true,
    wide: true,
    title: 'share of decisions that were likes',
  },
  count('liked-by', 'liked by', (table) => table.likesReceived),
  count('matches', 'matches', (table) => table.matches),
  count('messages', 'messages', (table) => table.messages, true),
  {
    id: 'answers',
    name: 'answers',
    value: (t, i) => share(t.answered[i]!, t.openersReceived[i]!),
    text: (t, i) => percent(share(t.answered[i]!, t.openersReceived[i]!)),
    number: true,
    wide: true,
    title: 'share of first messages received that were answered',
  },
  {
    id: 'surprise',
    name: 'surprise',
    value: ({ surprise }, i) => Math.abs(surprise[i]!),
    text: ({ surprise, surpriseOf }, i) =>
      surprise[i] === 0
        ? '–'
        : `${surprise[i]! > 0 ? '+' : '−'}${plain(Math.abs(surprise[i]!))}σ ${SURPRISES[surpriseOf[i]!]!}`,
    number: true,
    wide: true,
    title: 'how far from what the traits let expect, in standard deviations',
  },
]
