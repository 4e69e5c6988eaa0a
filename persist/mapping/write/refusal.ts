import { badInput } from '../../../sim/kernel/index.ts'
import type { PlannedTarget } from '../plan/plan.ts'

interface DriverError {
  readonly code?: string | number
  readonly errno?: number
  readonly originalCode?: string
  readonly message?: string
  readonly detail?: string
  readonly constraint?: string
  readonly column?: string
  readonly originalMessage?: string
  readonly cause?: unknown
}

/** What a database may refuse of a row, by the words and codes of PostgreSQL, MySQL and SQLite; and what to do then. */
const REFUSALS: readonly { readonly test: RegExp; readonly words: (target: PlannedTarget, name: string) => string }[] =
  [
    {
      test: /no partition of relation/i,
      words: ({ model }) =>
        `no partition of '${model.table}' takes it; CREATE TABLE … PARTITION OF "${model.table}" DEFAULT, or the days that are missing`,
    },
    {
      test: /\b23514\b|CHECK constraint failed|violates check constraint|\b(?:4025|3819)\b|CONSTRAINT .* failed for/i,
      words: (_, name) =>
        `a CHECK of the database refuses the row${name}; let the mapping give what it allows (set: { field: (row) => … }), or leave such rows out (where)`,
    },
    {
      test: /\b23502\b|NOT NULL constraint failed|violates not-null|\b1048\b|\b1364\b|doesn't have a default/i,
      words: (_, name) => `a column wants a value and gets none${name}; map a column to it, or set: { field: … }`,
    },
    {
      test: /\b23505\b|UNIQUE constraint failed|duplicate key value|\b1062\b|Duplicate entry/i,
      words: (_, name) =>
        `a row with the same unique is there already${name}; the mapping must give each row its own, or { fold: ['…'] } into the row that is there`,
    },
    {
      test: /\b23503\b|FOREIGN KEY constraint failed|violates foreign key|\b1452\b|a foreign key constraint fails/i,
      words: (_, name) =>
        `it refers to a row that is not there${name}; map the fact that makes that row, or leave the field out`,
    },
    {
      test: /\b22001\b|value too long|\b1406\b|Data too long/i,
      words: ({ model }, name) =>
        `a text is longer than its column${name}; { truncate: ['…'] } cuts the texts of ${model.name}`,
    },
    {
      test: /\b22003\b|out of range|\b1264\b/i,
      words: (_, name) =>
        `a number is greater than its column takes${name}; set: { field: (row) => Math.min(…, row.…) }`,
    },
    {
      test: /\b428C9\b|generated (?:always|column)|\b3105\b|\b1906\b/i,
      words: (_, name) => `the database computes a column itself${name}; leave it out of the mapping`,
    },
    {
      test: /row-level security|\b0A000\b.*row/i,
      words: () => "row level security refuses it; use a URL of the table's owner, or of a role with BYPASSRLS",
    },
    {
      test: /\bP0001\b|\b1644\b|SQLITE_CONSTRAINT_TRIGGER|RAISE/i,
      words: (_, name) => `a trigger of the site refuses the row${name}`,
    },
    {
      test: /\b57014\b|statement timeout|max_statement_time|\b1969\b/i,
      words: () =>
        'a statement took longer than the database allows; lift the limit for this user, or write in smaller batches (--writer prisma --batch-size 50)',
    },
  ]

/** A refused row in words, with fact, model and advice; anything else as it is. */
export function refusal(error: unknown, target: PlannedTarget): unknown {
  const chain = causes(error)
  const text = chain
    .map(({ code, errno, originalCode, message, originalMessage }) =>
      [code, errno, originalCode, originalMessage, message].join(' '),
    )
    .join('\n')
  const known = REFUSALS.find(({ test }) => test.test(text))
  if (!known || chain.some(({ code }) => code === 'BAD_INPUT')) return error
  const lines = chain.map(({ originalMessage, message }) => originalMessage ?? message ?? '')
  // Known by its code alone, as a trigger's refusal is, it has words of its own all the same.
  const said = lines.find((line) => known.test.test(line)) ?? lines.find((line) => line !== '')
  const { constraint, column, detail } = chain.find((each) => each.constraint || each.column) ?? {}
  const name = constraint || column ? ` (${[constraint ?? column, detail].filter(Boolean).join(': ')})` : ''
  const server = said && !name ? ` — it says: ${said.split('\n').at(-1)!.trim().slice(0, 200)}` : ''
  return Object.assign(badInput(`${target.label}: ${known.words(target, name)}${server}`), { cause: error })
}

function causes(error: unknown): DriverError[] {
  const chain: DriverError[] = []
  for (
    let at = error as DriverError | undefined;
    at && typeof at === 'object' && chain.length < 5;
    at = at.cause as DriverError
  )
    chain.push(at)
  return chain
}
