import { badInput } from '../../../sim/kernel/index.ts'
import type { PlannedTarget } from '../plan/plan.ts'
import type { SqlBackend } from '../sql/sql.ts'

interface DriverError {
  readonly code?: string | number
  readonly errno?: number
  readonly originalCode?: string
  readonly message?: string
  readonly detail?: string
  /** PostgreSQL's by name; of Prisma's adapters by index, by fields, or that of a foreign key. */
  readonly constraint?: string | { readonly index?: string; readonly fields?: readonly string[] }
  readonly column?: string
  readonly table?: string
  readonly originalMessage?: string
  /** MariaDB's words, without the statement. */
  readonly sqlMessage?: string | null
  readonly cause?: unknown
}

interface Refusal {
  /** SQLSTATEs of PostgreSQL, numbers of MySQL and MariaDB. */
  readonly codes: readonly (string | number)[]
  /** What SQLite, or an adapter that passes the message alone, says. */
  readonly said: RegExp
  readonly words: (target: PlannedTarget, name: string) => string
}

/** What a database may refuse of a row, and what to do then. */
const REFUSALS: readonly Refusal[] = [
  {
    // PostgreSQL has the number of a CHECK for it.
    codes: [1526],
    said: /no partition of relation|has no partition for value/i,
    words: ({ model }) =>
      `no partition of '${model.table}' takes it; add one for the days that are missing, or one that takes the rest (DEFAULT, VALUES LESS THAN MAXVALUE)`,
  },
  {
    codes: ['23514', 4025, 3819],
    said: /CHECK constraint failed|violates check constraint|CONSTRAINT .* failed for/i,
    words: (_, name) =>
      `a CHECK of the database refuses the row${name}; let the mapping give what it allows (set: { field: (row) => … }), or leave such rows out (where)`,
  },
  {
    codes: ['23502', 1048, 1364],
    said: /NOT NULL constraint failed|violates not-null|doesn't have a default/i,
    words: (_, name) => `a column wants a value and gets none${name}; map a column to it, or set: { field: … }`,
  },
  {
    codes: ['23505', 1062],
    said: /UNIQUE constraint failed|duplicate key value|Duplicate entry/i,
    words: (target, name) =>
      `a row with the same unique is there already${name}; ${shortKey(target) ?? "the mapping must give each row its own, or { fold: ['…'] } into the row that is there"}`,
  },
  {
    codes: ['23503', 1452],
    said: /FOREIGN KEY constraint failed|violates foreign key|a foreign key constraint fails/i,
    words: (_, name) =>
      `it refers to a row that is not there${name}; map the fact that makes that row, or leave the field out`,
  },
  {
    codes: ['22001', 1406],
    said: /value too long|Data too long/i,
    words: ({ model }, name) =>
      `a text is longer than its column${name}; { truncate: ['…'] } cuts the texts of ${model.name}`,
  },
  {
    codes: ['22003', 1264],
    said: /out of range/i,
    words: (_, name) => `a number is greater than its column takes${name}; set: { field: (row) => Math.min(…, row.…) }`,
  },
  {
    codes: ['428C9', 3105, 1906],
    said: /generated (?:always|column)/i,
    words: (_, name) => `the database computes a column itself${name}; leave it out of the mapping`,
  },
  {
    codes: ['22P05', 1366],
    said: /Incorrect string value|has no equivalent in encoding/i,
    words: ({ model }, name) =>
      `a text has characters that its column does not keep${name}; ALTER TABLE ${model.table} CONVERT TO CHARACTER SET utf8mb4 (PostgreSQL: a database with ENCODING 'UTF8')`,
  },
  {
    codes: ['22P02', 1265],
    said: /Data truncated for column|invalid input value for enum/i,
    words: (_, name) =>
      `a value is none that its column takes, such as a word that an enum lacks${name}; as('…', { … }) says it in the database's words`,
  },
  {
    codes: ['42P10'],
    said: /no unique or exclusion constraint matching|does not match any PRIMARY KEY or UNIQUE|does not support deferrable unique/i,
    words: ({ unique }) =>
      `rows are folded by ${unique.join(', ')}, and the database has no unique on just these columns that holds at once; @@unique([${unique.join(', ')}]), then: npx prisma migrate dev`,
  },
  {
    codes: [],
    said: /row-level security/i,
    words: () => "row level security refuses it; use a URL of the table's owner, or of a role with BYPASSRLS",
  },
  {
    codes: ['25006', 1290, 1792, 1836],
    said: /read[ -]only (?:transaction|option|mode)|attempt to write a readonly/i,
    words: () => 'the database takes no rows in this session (it is read-only); use a URL that can be written to',
  },
  {
    codes: ['42501', 1142, 1143],
    said: /command denied|permission denied/i,
    words: ({ model, verb }) =>
      `this user may not do that in '${model.table}'; GRANT ${verb === 'insert' ? 'INSERT' : 'INSERT, UPDATE'} on it`,
  },
  {
    codes: ['P0001', 1644, 'SQLITE_CONSTRAINT_TRIGGER'],
    said: /\bRAISE\b/,
    words: (_, name) => `a trigger of the site refuses the row${name}`,
  },
  {
    codes: ['57014', 1969, 3024],
    said: /statement timeout|max_statement_time|maximum statement execution time/i,
    words: () =>
      'a statement took longer than the database allows; lift the limit for this user, or write in smaller batches (--writer prisma --batch-size 50)',
  },
]

/** Where two rows may have got the same key by chance, that. */
function shortKey({ all, ownKey }: PlannedTarget): string | null {
  const short = all.find(
    ({ producer, field }) =>
      producer.from === 'key' &&
      (producer.ofRow || field.name === ownKey) &&
      producer.rule.kind === 'text' &&
      producer.rule.length !== undefined,
  )
  return short
    ? `keys of so few characters come twice: give ${short.field.name} a longer nanoid, or another seed`
    : null
}

/** A refused row in words, with fact, model and advice; anything else as it is. */
export function refusal(error: unknown, target: PlannedTarget): unknown {
  const chain = causes(error)
  // Of a code that it does not know, Prisma has the number in its words alone.
  const codes = chain.flatMap(({ code, errno, originalCode, message = '' }) => [
    ...[code, errno, originalCode].map(String),
    ...(/Code: `(\w+)`/.exec(message)?.slice(1) ?? []),
  ])
  const text = chain.map(({ message, originalMessage }) => `${originalMessage} ${message}`).join('\n')
  const known = REFUSALS.find(
    (refused) => refused.codes.some((code) => codes.includes(String(code))) || refused.said.test(text),
  )
  if (!known || chain.some(({ code }) => code === 'BAD_INPUT')) return error
  const lines = chain.map(({ sqlMessage, originalMessage, message }) => sqlMessage ?? originalMessage ?? message ?? '')
  // Known by its code alone, as a trigger's refusal is, it has words of its own all the same.
  const said = lines.find((line) => known.said.test(line)) ?? lines.find((line) => line !== '')
  const { constraint, column, detail } = chain.find((each) => each.constraint || each.column) ?? {}
  const place = nameOf(constraint) ?? column
  const name = place ? ` (${[place, detail].filter(Boolean).join(': ')})` : ''
  const server = said && !name ? ` — it says: ${said.split('\n').at(-1)!.trim().slice(0, 200)}` : ''
  return Object.assign(badInput(`${target.label}: ${known.words(target, name)}${server}`), { cause: error })
}

function nameOf(constraint: DriverError['constraint']): string | undefined {
  if (typeof constraint !== 'object') return constraint
  return constraint.index ?? constraint.fields?.join(', ')
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

/**
 * The same of what is looked at when a transaction ends: foreign keys in SQLite, deferred constraints and triggers in PostgreSQL.
 * @param targets what the transaction wrote to
 */
export async function refusalAtEnd(
  backend: SqlBackend,
  error: unknown,
  targets: readonly PlannedTarget[],
): Promise<unknown> {
  const [first] = targets
  if (!first) return error
  const told = causes(error).find(({ table }) => table)?.table
  const table = told ?? (backend.dialect === 'sqlite' ? await orphansTable(backend) : undefined)
  return refusal(error, targets.find(({ model }) => model.table === table) ?? first)
}

/** The first table with rows that refer to none. */
async function orphansTable(backend: SqlBackend): Promise<string | undefined> {
  const [row] = await backend.query('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').catch(() => [])
  return row === undefined ? undefined : String(row[0])
}
