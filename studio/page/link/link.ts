import { DEFAULT_PARAMETERS, MARKET_LEVELS } from '../../../sim/index.ts'
import { type Changes, INITIAL, leavesOf, type PolicyStep, type Scenario } from '../model/scenario.ts'

export const VIEWS = ['rates', 'distributions', 'people', 'map', 'network', 'goals', 'runs'] as const
export type View = (typeof VIEWS)[number]

/** What the address holds: opening it again shows the same. */
export interface Link {
  readonly scenario: Scenario
  /** Parameters of the pinned baseline. */
  readonly pinned: Changes
  readonly view: View
  /** Day boundary that is looked at; null: the end. */
  readonly day: number | null
  /** Event of the day that follows, from 0, −1 for the one before: stepped to; null: the day boundary itself. */
  readonly event: number | null
  readonly person: number | null
  readonly metric: string | null
}

export const START: Link = {
  scenario: INITIAL,
  pinned: {},
  view: 'rates',
  day: null,
  event: null,
  person: null,
  metric: null,
}

const DEFAULT_LEAVES = leavesOf(DEFAULT_PARAMETERS)
const MOST = { count: 200_000, days: 3650 } as const

/**
 * Reads `#seed=demo-2024&count=1000&policy.like.nearKm=30&view=people&person=12`. Whatever cannot be understood is left
 * at its default and named.
 */
export function readLink(hash: string): { link: Link; problems: string[] } {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const problems: string[] = []
  const changes: Record<string, number> = {}
  for (const [name, text] of given) {
    if (!name.startsWith('population.') && !name.startsWith('policy.')) continue
    const value = Number(text)
    if (!(name in DEFAULT_LEAVES)) problems.push(`there is no parameter ${name}`)
    else if (text.trim() === '' || !Number.isFinite(value))
      problems.push(`${name} expects a number, the address has "${text}"`)
    else if (value !== DEFAULT_LEAVES[name]) changes[name] = value
  }
  const whole = (name: string, least: number, most: number): number | null => {
    const text = given.get(name)
    if (text === null) return null
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    problems.push(`${name} expects a whole number from ${least} to ${most}, the address has "${text}"`)
    return null
  }
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | null => {
    const text = given.get(name)
    const found = known.find((one) => one === text)
    if (text !== null && found === undefined)
      problems.push(`${name} expects one of ${known.join(', ')}, the address has "${text}"`)
    return found ?? null
  }
  const date = given.get('start')
  const isDate = date === null || /^\d{4}-\d{2}-\d{2}$/.test(date)
  if (!isDate) problems.push(`start expects a date such as 2024-01-01, the address has "${date}"`)
  const days = whole('days', 1, MOST.days) ?? INITIAL.days
  const scenario: Scenario = {
    seed: given.get('seed') || INITIAL.seed,
    count: whole('count', 2, MOST.count) ?? INITIAL.count,
    days,
    startDate: date !== null && isDate ? date : INITIAL.startDate,
    places: oneOf('places', ['us', 'world']) ?? INITIAL.places,
    market: oneOf('market', MARKET_LEVELS) ?? '',
    changes,
    forkDay: whole('fork', 0, days) ?? 0,
    joins: readPairs(given.get('join'), 'join', problems).map(([day, count]) => ({ day, count })),
    pauses: readPairs(given.get('gap'), 'gap', problems).map(([from, to]) => ({ from, to })),
    policies: readSteps(given.get('later') ?? '', problems),
    poolSize: whole('pool', 2, 1_000_000) ?? INITIAL.poolSize,
    source: given.get('run') ? { run: given.get('run')!, given: null } : null,
  }
  const link: Link = {
    scenario,
    pinned: readChanges(given.get('pin') ?? '', problems),
    view: oneOf('view', VIEWS) ?? 'rates',
    day: whole('day', 0, days),
    event: whole('event', 0, 100_000_000),
    person: whole('person', 1, 10_000_000),
    metric: given.get('metric'),
  }
  return { link, problems }
}

/** `30:50,60:20` */
function readPairs(text: string | null, name: string, problems: string[]): [number, number][] {
  if (text === null) return []
  if (/^\d+:\d+(,\d+:\d+)*$/.test(text))
    return text.split(',').map((pair) => pair.split(':').map(Number) as [number, number])
  problems.push(`${name} expects pairs of whole numbers such as 30:50, the address has "${text}"`)
  return []
}

function readChanges(text: string, problems: string[]): Changes {
  const changes: Record<string, number> = {}
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [path = '', value = ''] = part.split(':')
    if (path in DEFAULT_LEAVES && value !== '' && Number.isFinite(Number(value))) changes[path] = Number(value)
    else problems.push(`the pinned baseline has "${part}", which is no parameter with a number`)
  }
  return changes
}

/** `4:policy.like.nearKm:60,4:policy.like.fatigue:0`: what of the policy changes on which day. */
function readSteps(text: string, problems: string[]): PolicyStep[] {
  const steps = new Map<number, Record<string, number>>()
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [day = '', path = '', value = ''] = part.split(':')
    const known = path.startsWith('policy.') && path in DEFAULT_LEAVES
    if (!/^\d+$/.test(day) || !known || value === '' || !Number.isFinite(Number(value))) {
      problems.push(`later expects changes such as 4:policy.like.nearKm:60, the address has "${part}"`)
      continue
    }
    const changes = steps.get(Number(day)) ?? {}
    changes[path] = Number(value)
    steps.set(Number(day), changes)
  }
  return [...steps].sort(([a], [b]) => a - b).map(([day, changes]) => ({ day, changes }))
}

export function writeLink({ scenario, pinned, view, day, event, person, metric }: Link): string {
  const { seed, count, days, startDate, places, market, changes, forkDay, joins, pauses, poolSize, policies, source } =
    scenario
  const words = new URLSearchParams({ seed, count: `${count}`, days: `${days}`, start: startDate })
  if (places !== INITIAL.places) words.set('places', places)
  if (market !== '') words.set('market', market)
  for (const [path, value] of Object.entries(changes)) words.set(path, `${value}`)
  if (forkDay > 0) words.set('fork', `${forkDay}`)
  if (joins.length > 0) words.set('join', joins.map(({ day, count }) => `${day}:${count}`).join(','))
  if (pauses.length > 0) words.set('gap', pauses.map(({ from, to }) => `${from}:${to}`).join(','))
  const later = policies.flatMap(({ day, changes }) =>
    Object.entries(changes).map(([path, value]) => `${day}:${path}:${value}`),
  )
  if (later.length > 0) words.set('later', later.join(','))
  if (source) words.set('run', source.run)
  if (poolSize !== INITIAL.poolSize) words.set('pool', `${poolSize}`)
  const pin = Object.entries(pinned).map(([path, value]) => `${path}:${value}`)
  if (pin.length > 0) words.set('pin', pin.join(','))
  if (view !== 'rates') words.set('view', view)
  if (day !== null) words.set('day', `${day}`)
  if (event !== null && event >= 0) words.set('event', `${event}`)
  if (person !== null) words.set('person', `${person}`)
  if (metric !== null) words.set('metric', metric)
  return `#${words.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`
}
