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
  readonly textTimes: boolean

  constructor(client: SqlClient, provider: Provider, runId: number, startMs: number, textTimes: boolean) {
    this.client = client
    this.provider = provider
    this.runId = runId
    this.startMs = startMs
    this.textTimes = textTimes
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

  /** The run's own rows of a table with ids, named `t`: those inside the ledger's ranges. For a FROM clause. */
  own(table: string): string {
    return `(SELECT t.* FROM seed_run_days d CROSS JOIN ${table} t WHERE d.run_id = ${this.runId}
      AND d.table_name = '${table}' AND d.rows > 0 AND t.id BETWEEN d.first_id AND d.last_id)`
  }

  /** The run's people, for an IN. */
  get people(): string {
    return `(SELECT user_id FROM seed_people WHERE run_id = ${this.runId})`
  }
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
