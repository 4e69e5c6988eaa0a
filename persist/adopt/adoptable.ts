import { badInput } from '../../sim/kernel/index.ts'
import type { Backend } from '../database/backend.ts'
import { quoted } from '../identifiers.ts'
import { grouped, type SqlPlace, sqlPlaceOf } from '../removal/sql-place.ts'
import { TABLES } from '../rows/tables.ts'
import type { Adoptable, AdoptWish } from './person.ts'

/** @throws MingleError BAD_INPUT for a condition that is none, and where there is no SQL to ask */
export async function adoptable(backend: Backend, { where, limit }: AdoptWish): Promise<Adoptable[]> {
  const place = sqlPlaceOf(backend)
  if (!place) {
    throw badInput(
      backend.account
        ? `adopt reads users, profiles and user_interests of the reference schema; ${backend.url} is written through a mapping`
        : `adopt reads a database (SQLite, PostgreSQL, MySQL, MariaDB); ${backend.url} is none`,
    )
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
function conditionOf({ dialect }: SqlPlace, condition: string, value: (given: unknown) => string): string {
  const [, table, column, operator, text] =
    /^\s*(?:(users|profiles)\.)?(\w+)\s*(=|!=|<>|<=|>=|<|>)\s*(.+?)\s*$/.exec(condition) ?? []
  if (column === undefined || text === undefined) {
    throw badInput(
      `--where expects column, =, !=, <, <=, > or >=, and a value, such as "city = Austin"; got '${condition}'`,
    )
  }
  const tables = { users: Object.keys(TABLES.users.columns), profiles: Object.keys(TABLES.profiles.columns) }
  const owner = table ?? (tables.users.includes(column) ? 'users' : 'profiles')
  const kind = (TABLES[owner as 'users' | 'profiles'].columns as Readonly<Record<string, string>>)[column]
  if (kind === undefined) {
    const known = [...tables.users, ...tables.profiles.filter((name) => name !== 'user_id')]
    throw badInput(
      `--where knows no column '${table ? `${table}.` : ''}${column}'; expected one of ${known.join(', ')}`,
    )
  }
  const given = text.replace(/^(['"])(.*)\1$/, '$2')
  const isNumber = kind === 'id' || kind === 'float' || kind === 'int'
  if (isNumber && !Number.isFinite(Number(given))) throw badInput(`--where ${column} expects a number, got '${given}'`)
  const name = `${owner === 'users' ? 'u' : 'p'}.${quoted(column, dialect)}`
  const compared = kind === 'text' && dialect === 'postgresql' ? `${name}::text` : name
  return `${compared} ${operator} ${value(isNumber ? Number(given) : given)}${dialect === 'postgresql' && (kind === 'date' || kind === 'time') ? '::timestamp' : ''}`
}
