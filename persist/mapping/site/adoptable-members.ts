import { badInput } from '../../../sim/kernel/index.ts'
import { type Condition, comparison, PERSON_COLUMNS, readCondition, tableOfCondition } from '../../adopt/adoptable.ts'
import type { Adoptable, AdoptWish } from '../../adopt/person.ts'
import type { Field } from '../metadata/metadata.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { SqlBackend, Statement } from '../sql/sql.ts'
import { Site } from './site.ts'

const PEOPLE = ['user', 'profile']
/** What is written of people as they sign up: nothing of it is written of those who are there. */
const AT_SIGN_UP = [...PEOPLE, 'picture', 'user_interest', 'quiz_answer']

/**
 * People of a site with models of its own whom no run made.
 * @throws MingleError BAD_INPUT for a condition that is none, and where what they will do could not be told from what is there
 */
export async function adoptableMembers(sql: SqlBackend, plan: Plan, { where, limit }: AdoptWish): Promise<Adoptable[]> {
  refuseUntold(plan)
  const site = await Site.open(sql, plan)
  try {
    await site.bringPeople()
    const { place } = site
    const values: unknown[] = []
    const conditions: string[] = []
    const value = (given: unknown) => {
      values.push(given)
      return '?'
    }
    for (const text of where) {
      const condition = readCondition(text)
      const table = tableOfCondition(condition)
      if (table !== undefined && site.holds(table, condition.column)) {
        const { column, operator } = condition
        conditions.push(comparison('sqlite', table, column, operator, condition.value, value))
      } else conditions.push(await ownCondition(site, plan, condition))
    }
    const rows = await place.query(
      `SELECT u.id, p.display_name, substr(p.birthdate, 1, 10), p.gender, p.seeks, p.intent, p.city, p.state, p.latitude, p.longitude
         FROM users u LEFT JOIN profiles p ON p.user_id = u.id
        WHERE u.id NOT IN (SELECT user_id FROM seed_people)${conditions.map((each) => ` AND ${each}`).join('')}
        ORDER BY u.id LIMIT ${limit}`,
      values,
    )
    const interests = new Map<number, string[]>()
    const held = await place.query(
      'SELECT l.user_id, i.name FROM user_interests l JOIN interests i ON i.id = l.interest_id ORDER BY l.user_id, i.id',
    )
    for (const [id, name] of held) {
      const known = interests.get(Number(id))
      if (known) known.push(String(name))
      else interests.set(Number(id), [String(name)])
    }
    const known = (column: string, value: unknown) => (site.holds('profiles', column) ? String(value ?? '') : '')
    return rows.map(([id, name, birthdate, gender, seeks, intent, city, state, latitude, longitude]): Adoptable => {
      const isPlaced = site.holds('profiles', 'latitude') && (Number(latitude) !== 0 || Number(longitude) !== 0)
      return {
        userId: Number(id),
        keys: site.personKeys(Number(id)),
        profile:
          name === null
            ? null
            : {
                name: known('display_name', name),
                birthdate: known('birthdate', birthdate),
                gender: known('gender', gender),
                seeks: known('seeks', seeks),
                intent: known('intent', intent),
                city: known('city', city),
                state: known('state', state),
                latitude: isPlaced ? Number(latitude) : Number.NaN,
                longitude: isPlaced ? Number(longitude) : Number.NaN,
              },
        interests: interests.get(Number(id)) ?? [],
      }
    })
  } finally {
    site.close()
  }
}

/** What the adopted do must be told from what they did before, and nothing of theirs is changed. */
function refuseUntold(plan: Plan): void {
  const models = new Set(plan.targets.filter(({ source }) => PEOPLE.includes(source)).map(({ model }) => model.name))
  for (const target of plan.targets) {
    if (AT_SIGN_UP.includes(target.source)) continue
    const { label, model, selector } = target
    if (models.has(model.name)) {
      throw badInput(
        `adopt: ${label} changes rows of people, and no row of those who are there is ever changed; leave '${target.source}' out`,
      )
    }
    if (selector?.scope === 'run' && selector.space === 'user') {
      throw badInput(
        `adopt: rows of ${label} are found by the person alone, so that what somebody has there already could not be told from ` +
          `what the run writes; give ${model.name} a key of its own (id String @id @default(cuid())), or leave '${target.source}' out`,
      )
    }
  }
}

/** A condition in the site's own words: a field of a model of people, as its column keeps it. */
async function ownCondition(site: Site, plan: Plan, { owner, column, operator, value }: Condition): Promise<string> {
  const people = plan.targets.filter(({ source, verb }) => PEOPLE.includes(source) && verb !== 'update')
  const named = (target: PlannedTarget) =>
    target.model.fields.find((field) => field.name === column || field.column === column)
  const found = people.find((target) => {
    const { model } = target
    return (owner === undefined || owner === model.name || owner === model.table) && named(target) && personOf(target)
  })
  if (!found) {
    const fields = people.flatMap(({ model }) => model.fields.map(({ name }) => `${model.name}.${name}`))
    const held = PERSON_COLUMNS.filter((name) => ['users', 'profiles'].some((table) => site.holds(table, name)))
    throw badInput(
      `--where knows no column '${owner ? `${owner}.` : ''}${column}'; expected one of ${held.join(', ')}, or ${[...new Set(fields)].join(', ')}`,
    )
  }
  const field = named(found)!
  const given = asField(field, value)
  const only = (statement: Statement) => `${statement.name(field.column)} ${operator} ${statement.value(given)}`
  return `u.id IN (${await site.marked(found.model, personOf(found)!, only)})`
}

/** The column that says whose row it is. */
function personOf({ all, facts }: PlannedTarget): PlannedColumn | undefined {
  return all.find(
    ({ producer }) => producer.from === 'key' && producer.columns.length === 1 && producer.columns[0] === facts.own[0],
  )
}

function asField({ name, type }: Field, text: string): string | number {
  if (type === 'Boolean') {
    if (/^(true|1)$/i.test(text)) return 1
    if (/^(false|0)$/i.test(text)) return 0
    throw badInput(`--where ${name} expects true or false, got '${text}'`)
  }
  if (!['Int', 'BigInt', 'Float', 'Decimal'].includes(type)) return text
  if (Number.isFinite(Number(text)) && text.trim() !== '') return Number(text)
  throw badInput(`--where ${name} expects a number, got '${text}'`)
}
