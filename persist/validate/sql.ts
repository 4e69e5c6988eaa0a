/** What the validator reads from: any Prisma client of the reference schema will do. */
export interface SqlClient {
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>
}

export type Provider = 'sqlite' | 'postgresql' | 'mysql'

export type SqlRow = Readonly<Record<string, unknown>>

/** Weeks added before a division, so that moments before the run's start round down like all others. */
const AHEAD_WEEKS = 1000
export const DAY_MS = 86_400_000

/** The questions of the validator as SQL: the few words in which the providers differ are here. */
export class Sql {
  readonly client: SqlClient
  readonly provider: Provider
  readonly runId: number
  /** Midnight UTC of day 0, epoch ms. */
  readonly startMs: number
  /** SQLite alone: times are stored as text, not as whole milliseconds. */
  private readonly textTimes: boolean
  /** The ledger's id ranges by table, neighbours joined, ascending. */
  private readonly ranges: ReadonlyMap<string, readonly IdRange[]>

  private constructor(
    client: SqlClient,
    provider: Provider,
    run: { readonly id: number; readonly startMs: number },
    textTimes: boolean,
    ranges: ReadonlyMap<string, readonly IdRange[]>,
  ) {
    this.client = client
    this.provider = provider
    this.runId = run.id
    this.startMs = run.startMs
    this.textTimes = textTimes
    this.ranges = ranges
  }

  /** @param run its id, and midnight UTC of day 0 in epoch ms */
  static async of(
    client: SqlClient,
    provider: Provider,
    run: { readonly id: number; readonly startMs: number },
  ): Promise<Sql> {
    const rows = await client.$queryRawUnsafe<SqlRow[]>(
      `SELECT d.table_name, d.first_id, d.last_id FROM seed_run_days d WHERE d.run_id = ${run.id} AND d.rows > 0
       ORDER BY d.table_name, d.first_id`,
    )
    return new Sql(client, provider, run, await hasTextTimes(client, provider), rangesOf(rows))
  }

  rows(query: string): Promise<SqlRow[]> {
    return this.client.$queryRawUnsafe<SqlRow[]>(query)
  }

  /** The first column of the only row, as a number. */
  async number(query: string): Promise<number> {
    const [row] = await this.rows(query)
    return toNumber(row === undefined ? null : Object.values(row)[0])
  }

  /** A time column in ms since the run's start. */
  ms(column: string): string {
    switch (this.provider) {
      case 'sqlite':
        return this.textTimes
          ? `(CAST(round((julianday(${column}) - 2440587.5) * 86400000) AS INTEGER) - ${this.startMs})`
          : `(${column} - ${this.startMs})`
      case 'postgresql':
        return `(CAST(extract(epoch FROM ${column}) * 1000 AS BIGINT) - ${this.startMs})`
      case 'mysql':
        return `(timestampdiff(MICROSECOND, '1970-01-01', ${column}) DIV 1000 - ${this.startMs})`
      default:
        return this.provider satisfies never
    }
  }

  /** Division of whole numbers that rounds down; the dividend is greater than −1,000 weeks in ms. */
  div(dividend: string, divisor: number): string {
    const ahead = Math.floor((AHEAD_WEEKS * 7 * DAY_MS) / divisor)
    const operator = this.provider === 'mysql' ? 'DIV' : '/'
    return `((${dividend} + ${ahead * divisor}) ${operator} ${divisor} - ${ahead})`
  }

  day(column: string): string {
    return this.div(this.ms(column), DAY_MS)
  }

  week(column: string): string {
    return this.div(this.ms(column), 7 * DAY_MS)
  }

  seconds(column: string): string {
    return this.div(this.ms(column), 1000)
  }

  /** The run's own rows of a table with ids: those inside the ledger's ranges. For a FROM clause, which must name it. */
  own(table: string): string {
    const ranges = this.ranges.get(table) ?? []
    if (ranges.length === 0) return `(SELECT * FROM ${table} WHERE 1 = 0)`
    if (ranges.length <= MOST_PARTS) {
      const parts = ranges.map(([first, last]) => `SELECT * FROM ${table} WHERE id BETWEEN ${first} AND ${last}`)
      return `(${parts.join(' UNION ALL ')})`
    }
    return `(SELECT t.* FROM seed_run_days d CROSS JOIN ${table} t WHERE d.run_id = ${this.runId}
      AND d.table_name = '${table}' AND d.rows > 0 AND t.id BETWEEN d.first_id AND d.last_id)`
  }

  /** Whether an id of a table is the run's own, as a condition. */
  isOwn(table: string, id: string): string {
    const ranges = this.ranges.get(table) ?? []
    return `(${['1 = 0', ...ranges.map(([first, last]) => `${id} BETWEEN ${first} AND ${last}`)].join(' OR ')})`
  }

  /** First and last own id of a table; an empty range when there is none. */
  span(table: string): IdRange {
    const ranges = this.ranges.get(table) ?? []
    return [ranges[0]?.[0] ?? 1, ranges.at(-1)?.[1] ?? 0]
  }

  /** The run's people, for an IN. */
  get people(): string {
    return `(SELECT user_id FROM seed_people WHERE run_id = ${this.runId})`
  }
}

type IdRange = readonly [first: number, last: number]

/** Ranges that may stand in a query one by one; beyond, the ledger is joined. Runs that took turns have several. */
const MOST_PARTS = 100

function rangesOf(rows: readonly SqlRow[]): Map<string, IdRange[]> {
  const ranges = new Map<string, IdRange[]>()
  for (const { table_name, first_id, last_id } of rows) {
    const table = String(table_name)
    const known = ranges.get(table) ?? []
    const former = known.at(-1)
    const next: IdRange = [toNumber(first_id), toNumber(last_id)]
    if (former !== undefined && former[1] + 1 === next[0]) known[known.length - 1] = [former[0], next[1]]
    else known.push(next)
    ranges.set(table, known)
  }
  return ranges
}

/** SQLite has no type for times: the writer stores whole milliseconds or text, and the rows tell which. */
async function hasTextTimes(client: SqlClient, provider: Provider): Promise<boolean> {
  if (provider !== 'sqlite') return false
  const [row] = await client.$queryRawUnsafe<{ kind: string }[]>(
    'SELECT typeof(created_at) AS kind FROM users ORDER BY id DESC LIMIT 1',
  )
  return row?.kind === 'text'
}

/** A number from whatever a driver makes of an integer, a decimal or a NULL (0). */
export function toNumber(value: unknown): number {
  return value === null || value === undefined ? 0 : Number(value)
}

/** Epoch ms from whatever a driver makes of a date or a time. */
export function toTime(value: unknown): number {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'string' && !/^-?\d+$/.test(value)) {
    const zoned = /[zZ]|[+-]\d\d:\d\d$/.test(value) || /^\d{4}-\d\d-\d\d$/.test(value)
    return Date.parse(zoned ? value : `${value.replace(' ', 'T')}Z`)
  }
  return Number(value)
}
