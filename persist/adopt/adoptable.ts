import { badInput } from '../../sim/kernel/index.ts'
import type { Backend } from '../database/backend.ts'
import { quoted } from '../identifiers.ts'
import { grouped, type SqlPlace, sqlPlaceOf } from '../removal/sql-place.ts'
import { TABLES } from '../rows/tables.ts'
import type { Adoptable, AdoptWish } from './person.ts'

/** @throws MingleError BAD_INPUT for a condition that is none, and where there is no SQL to ask */
export async function adoptable(backend: Backend, wish: AdoptWish): Promise<Adoptable[]> {
  if (backend.adoptable) return backend.adoptable(wish)
  const { where, limit } = wish
  const place = sqlPlaceOf(backend)
  if (!place) {
    throw badInput(`adopt reads a database (SQLite, PostgreSQL, MySQL, MariaDB); ${backend.url} is none`)
  }
  const { dialect } = place
  const values: unknown[] = []
  const value = (given: unknown) => {
    values.push(given)
    return dialect === 'postgresql' ? `$${values.length}` : '?'
  }
  const conditions = where.map((condition) => conditionOf(place, condition, value))
  const rows = await place.query(
    `SELECT u.id, p.display_name, ${DATE[dialect]('p.birthdate')}, p.gender, p.seeks, p.intent, p.city, p.state, p.latitude, p.longitude
       FROM users u LEFT JOIN profiles p ON p.user_id = u.id
      WHERE NOT EXISTS (SELECT 1 FROM seed_people s WHERE s.user_id = u.id)${conditions.map((each) => ` AND ${each}`).join('')}
      ORDER BY u.id LIMIT ${limit}`,
    values,
  )
  if (rows.length === 0) return []
  const [first, last] = [Number(rows[0]![0]), Number(rows.at(-1)![0])]
  const interests = grouped(
    (await place.query(
      `SELECT l.user_id, i.name FROM user_interests l JOIN interests i ON i.id = l.interest_id
        WHERE l.user_id BETWEEN ${first} AND ${last} ORDER BY l.user_id, i.id`,
    )) as [unknown, string][],
    ([userId]) => String(userId),
  )
  return rows.map(([id, name, birthdate, gender, seeks, intent, city, state, latitude, longitude]) => ({
    userId: Number(id),
    profile:
      name === null
        ? null
        : {
            ...{ name: String(name), birthdate: String(birthdate).slice(0, 10), gender: String(gender) },
            ...{ seeks: String(seeks), intent: String(intent), city: String(city), state: String(state) },
            ...{ latitude: Number(latitude), longitude: Number(longitude) },
          },
    interests: (interests.get(String(id)) ?? []).map(([, interest]) => interest),
  }))
}

const DATE = {
  sqlite: (column: string) => `substr(${column}, 1, 10)`,
  postgresql: (column: string) => `${column}::text`,
  mysql: (column: string) => `date_format(${column}, '%Y-%m-%d')`,
} as const

/** `city = Austin`, `profiles.birthdate < 1990-01-01`, `id >= 100`; a value may stand in quotes. */
export interface Condition {
  /** The table, or the model, where it is named. */
  readonly owner: string | undefined
  readonly column: string
  readonly operator: string
  readonly value: string
}

/** @throws MingleError BAD_INPUT for what is none */
export function readCondition(text: string): Condition {
  const [, owner, column, operator, value] = /^\s*(?:(\w+)\.)?(\w+)\s*(=|!=|<>|<=|>=|<|>)\s*(.+?)\s*$/.exec(text) ?? []
  if (column === undefined || value === undefined) {
    throw badInput(`--where expects column, =, !=, <, <=, > or >=, and a value, such as "city = Austin"; got '${text}'`)
  }
  return { owner, column, operator: operator!, value: value.replace(/^(['"])(.*)\1$/, '$2') }
}

const PERSON_TABLES = { users: Object.keys(TABLES.users.columns), profiles: Object.keys(TABLES.profiles.columns) }
export const PERSON_COLUMNS = [...PERSON_TABLES.users, ...PERSON_TABLES.profiles.filter((name) => name !== 'user_id')]

/** The table of the reference schema that a condition is about; undefined where it has no such column. */
export function tableOfCondition({ owner, column }: Condition): 'users' | 'profiles' | undefined {
  const table = owner ?? (PERSON_TABLES.users.includes(column) ? 'users' : 'profiles')
  if (table !== 'users' && table !== 'profiles') return undefined
  return PERSON_TABLES[table].includes(column) ? table : undefined
}

/** A condition on `u`, users, and `p`, profiles. */
function conditionOf({ dialect }: Pick<SqlPlace, 'dialect'>, text: string, value: (given: unknown) => string): string {
  const condition = readCondition(text)
  const { owner: given, column, operator } = condition
  const table = tableOfCondition(condition)
  if (table === undefined) {
    throw badInput(
      `--where knows no column '${given ? `${given}.` : ''}${column}'; expected one of ${PERSON_COLUMNS.join(', ')}`,
    )
  }
  return comparison(dialect, table, column, operator, condition.value, value)
}

/** A comparison of a column of `u`, users, or `p`, profiles. */
export function comparison(
  dialect: SqlPlace['dialect'],
  table: 'users' | 'profiles',
  column: string,
  operator: string,
  given: string,
  value: (given: unknown) => string,
): string {
  const kind = (TABLES[table].columns as Readonly<Record<string, string>>)[column]
  const isNumber = kind === 'id' || kind === 'float' || kind === 'int'
  if (isNumber && !Number.isFinite(Number(given))) throw badInput(`--where ${column} expects a number, got '${given}'`)
  const name = `${table === 'users' ? 'u' : 'p'}.${quoted(column, dialect)}`
  const compared = kind === 'text' && dialect === 'postgresql' ? `${name}::text` : name
  return `${compared} ${operator} ${value(isNumber ? Number(given) : given)}${dialect === 'postgresql' && (kind === 'date' || kind === 'time') ? '::timestamp' : ''}`
}
