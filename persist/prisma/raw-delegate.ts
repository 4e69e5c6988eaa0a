import type { SqlPlace } from '../database/statements.ts'
import { quoted } from '../identifiers.ts'
import type { Provider } from '../migrate/folder.ts'
import type { AnyClient } from './client.ts'
import type { Data } from './values.ts'

/** The part of a delegate that the writer uses, whatever the model. */
export interface Delegate {
  createMany(args: { data: Data[]; skipDuplicates?: boolean }): Promise<{ count: number }>
  findMany(args: object): Promise<Record<string, unknown>[]>
  deleteMany(args: object): Promise<unknown>
  updateMany(args: object): Promise<{ count: number }>
  aggregate(args: object): Promise<{ _max: Record<string, unknown> }>
  count(): Promise<number>
}

/** A range of whole numbers in one column, as `findMany` and `deleteMany` are asked for it. */
interface InRange {
  readonly where?: Readonly<Record<string, { readonly gte: number; readonly lte: number }>>
  readonly select?: Readonly<Record<string, true>>
  readonly orderBy?: readonly Readonly<Record<string, 'asc'>>[]
}

/** Statements through Prisma's client, for tables that it has no model of. */
export function statementsOf(client: AnyClient, dialect: Provider): SqlPlace {
  return {
    dialect,
    async query(sql, values = []) {
      const rows = await client.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...values)
      return rows.map((row) => Object.values(row))
    },
    async execute(sql, values = []) {
      await client.$executeRawUnsafe(sql, ...values)
    },
  }
}

/** Values of a statement at most: SQLite's limit; other servers take 65,535. */
const MOST_VALUES = 32_766

/** A table that the client has no model of, such as an extension's, by the few calls that are made of a delegate. */
export class RawDelegate implements Delegate {
  readonly #place: SqlPlace
  readonly #table: string

  constructor(place: SqlPlace, table: string) {
    this.#place = place
    this.#table = quoted(table, place.dialect)
  }

  async createMany({ data, skipDuplicates = false }: { data: Data[]; skipDuplicates?: boolean }) {
    const columns = Object.keys(data[0]!)
    const most = Math.floor(MOST_VALUES / columns.length)
    for (let from = 0; from < data.length; from += most) {
      await this.#insert(columns, data.slice(from, from + most), skipDuplicates)
    }
    return { count: data.length }
  }

  async #insert(columns: readonly string[], data: readonly Data[], skipDuplicates: boolean): Promise<void> {
    const values: unknown[] = []
    const tuples = data.map((row) => `(${columns.map((column) => this.#value(values, row[column])).join(', ')})`)
    const id = this.#name('id')
    const again = this.#place.dialect === 'mysql' ? ` ON DUPLICATE KEY UPDATE ${id} = ${id}` : ' ON CONFLICT DO NOTHING'
    const names = columns.map((column) => this.#name(column)).join(', ')
    await this.#place.execute(
      `INSERT INTO ${this.#table} (${names}) VALUES ${tuples.join(', ')}${skipDuplicates ? again : ''}`,
      values,
    )
  }

  async findMany({ select = {}, where = {}, orderBy = [] }: InRange): Promise<Record<string, unknown>[]> {
    const columns = Object.keys(select)
    const values: unknown[] = []
    const order = orderBy.flatMap((by) => Object.keys(by)).map((column) => this.#name(column))
    const rows = await this.#place.query(
      `SELECT ${columns.map((column) => this.#name(column)).join(', ')} FROM ${this.#table}${this.#range(where, values)}` +
        (order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''),
      values,
    )
    return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
  }

  async deleteMany({ where = {} }: InRange): Promise<void> {
    const values: unknown[] = []
    await this.#place.execute(`DELETE FROM ${this.#table}${this.#range(where, values)}`, values)
  }

  async updateMany(): Promise<{ count: number }> {
    throw new Error(`rows of ${this.#table} are written once`)
  }

  async aggregate(): Promise<{ _max: Record<string, unknown> }> {
    const [[id] = []] = await this.#place.query(`SELECT max(${this.#name('id')}) FROM ${this.#table}`)
    return { _max: { id } }
  }

  async count(): Promise<number> {
    const [[count] = []] = await this.#place.query(`SELECT count(*) FROM ${this.#table}`)
    return Number(count)
  }

  #range(where: NonNullable<InRange['where']>, values: unknown[]): string {
    const conditions = Object.entries(where).map(
      ([column, { gte, lte }]) =>
        `${this.#name(column)} BETWEEN ${this.#value(values, gte)} AND ${this.#value(values, lte)}`,
    )
    return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  }

  #value(values: unknown[], value: unknown): string {
    values.push(value)
    return this.#place.dialect === 'postgresql' ? `$${values.length}` : '?'
  }

  #name(column: string): string {
    return quoted(column, this.#place.dialect)
  }
}
