/**
 * Time zones of the place packs: standard offset and daylight-saving rules, from the IANA time zone database (public
 * domain). They hold for 2007–2100, as far as today's laws go. Zones are appended, never moved: cities refer to them
 * by position.
 */
export interface Zone {
  /** IANA name. */
  readonly name: string
  /** Standard time minus UTC. */
  readonly standardMs: number
  /** By first year, ascending; a rule holds until the next one's year. Empty: no daylight saving. */
  readonly rules: readonly ZoneRule[]
}

/** The turns of a calendar year; null where the clocks are not moved that way. */
export interface ZoneRule {
  readonly from: number
  readonly starts: Turn | null
  readonly ends: Turn | null
}

/** On the n-th Sunday of a month (5: the last), at `hour` of the given clock. */
export interface Turn {
  readonly month: number
  readonly sunday: 1 | 2 | 3 | 4 | 5
  readonly hour: number
  /** Wall clock as it stands before the turn, standard time, or UTC. */
  readonly clock: 'wall' | 'standard' | 'utc'
}

/** Years for which the rules are right, both included; outside them the nearest rule is used. */
export const ZONE_YEARS = { first: 2007, last: 2100 } as const

/** Daylight time minus standard time, in every zone here. */
export const DAYLIGHT_MS = 3_600_000

function turn(month: number, sunday: Turn['sunday'], hour: number, clock: Turn['clock']): Turn {
  return { month, sunday, hour, clock }
}

function rule(from: number, starts: Turn | null, ends: Turn | null): ZoneRule {
  return { from, starts, ends }
}

/** Energy Policy Act of 2005, in force since 2007; Canada alike. */
const US = [rule(2007, turn(3, 2, 2, 'wall'), turn(11, 1, 2, 'wall'))]
/** Directive 2000/84/EC; Norway, Switzerland and the United Kingdom alike. */
const EU = [rule(1996, turn(3, 5, 1, 'utc'), turn(10, 5, 1, 'utc'))]
const AUSTRALIA_SOUTHEAST = [
  rule(2001, turn(10, 5, 2, 'standard'), turn(3, 5, 2, 'standard')),
  rule(2008, turn(10, 1, 2, 'standard'), turn(4, 1, 2, 'standard')),
]
const TASMANIA = [
  rule(2001, turn(10, 1, 2, 'standard'), turn(3, 5, 2, 'standard')),
  rule(2008, turn(10, 1, 2, 'standard'), turn(4, 1, 2, 'standard')),
]
/** A trial of three summers, rejected by referendum. */
const AUSTRALIA_WEST = [
  rule(2006, turn(10, 5, 2, 'standard'), turn(3, 5, 2, 'standard')),
  rule(2009, null, turn(3, 5, 2, 'standard')),
  rule(2010, null, null),
]
const NEW_ZEALAND = [
  rule(2006, turn(10, 1, 2, 'standard'), turn(3, 3, 2, 'standard')),
  rule(2007, turn(9, 5, 2, 'standard'), turn(3, 3, 2, 'standard')),
  rule(2008, turn(9, 5, 2, 'standard'), turn(4, 1, 2, 'standard')),
]
/** Ley de los Husos Horarios, 2022, ended it. */
const MEXICO = [rule(2002, turn(4, 1, 2, 'wall'), turn(10, 5, 2, 'wall')), rule(2023, null, null)]
/** Decree by decree, and a week later in years when it would have ended in Carnival; ended in 2019. */
const BRAZIL_SOUTHEAST = [
  rule(2006, turn(11, 1, 0, 'wall'), turn(2, 3, 0, 'wall')),
  rule(2007, turn(10, 2, 0, 'wall'), turn(2, 5, 0, 'wall')),
  rule(2008, turn(10, 3, 0, 'wall'), turn(2, 3, 0, 'wall')),
  rule(2012, turn(10, 3, 0, 'wall'), turn(2, 4, 0, 'wall')),
  rule(2013, turn(10, 3, 0, 'wall'), turn(2, 3, 0, 'wall')),
  rule(2015, turn(10, 3, 0, 'wall'), turn(2, 4, 0, 'wall')),
  rule(2016, turn(10, 3, 0, 'wall'), turn(2, 3, 0, 'wall')),
  rule(2018, turn(11, 1, 0, 'wall'), turn(2, 3, 0, 'wall')),
  rule(2019, null, turn(2, 3, 0, 'wall')),
  rule(2020, null, null),
]
const ARGENTINA = [
  rule(2006, null, null),
  rule(2007, turn(12, 5, 0, 'wall'), null),
  rule(2008, turn(10, 3, 0, 'wall'), turn(3, 3, 0, 'wall')),
  rule(2009, null, turn(3, 3, 0, 'wall')),
  rule(2010, null, null),
]
const NONE: readonly ZoneRule[] = []

/** Name, minutes east of UTC in standard time, rules. */
const ROWS: readonly (readonly [string, number, readonly ZoneRule[]])[] = [
  ['America/New_York', -300, US],
  ['America/Detroit', -300, US],
  ['America/Indiana/Indianapolis', -300, US],
  ['America/Kentucky/Louisville', -300, US],
  ['America/Chicago', -360, US],
  ['America/Denver', -420, US],
  ['America/Boise', -420, US],
  ['America/Phoenix', -420, NONE],
  ['America/Los_Angeles', -480, US],
  ['America/Anchorage', -540, US],
  ['Pacific/Honolulu', -600, NONE],
  ['America/Toronto', -300, US],
  ['America/Winnipeg', -360, US],
  ['America/Halifax', -240, US],
  ['America/Mexico_City', -360, MEXICO],
  ['America/Monterrey', -360, MEXICO],
  ['America/Bogota', -300, NONE],
  ['America/Lima', -300, NONE],
  ['America/Guayaquil', -300, NONE],
  ['America/Santo_Domingo', -240, NONE],
  ['America/Sao_Paulo', -180, BRAZIL_SOUTHEAST],
  ['America/Recife', -180, NONE],
  ['America/Fortaleza', -180, NONE],
  ['America/Argentina/Buenos_Aires', -180, ARGENTINA],
  ['Europe/London', 0, EU],
  ['Europe/Dublin', 0, EU],
  ['Europe/Lisbon', 0, EU],
  ['Europe/Paris', 60, EU],
  ['Europe/Berlin', 60, EU],
  ['Europe/Madrid', 60, EU],
  ['Europe/Rome', 60, EU],
  ['Europe/Amsterdam', 60, EU],
  ['Europe/Brussels', 60, EU],
  ['Europe/Vienna', 60, EU],
  ['Europe/Zurich', 60, EU],
  ['Europe/Prague', 60, EU],
  ['Europe/Warsaw', 60, EU],
  ['Europe/Budapest', 60, EU],
  ['Europe/Copenhagen', 60, EU],
  ['Europe/Stockholm', 60, EU],
  ['Europe/Oslo', 60, EU],
  ['Europe/Helsinki', 120, EU],
  ['Europe/Athens', 120, EU],
  ['Europe/Bucharest', 120, EU],
  ['Asia/Tokyo', 540, NONE],
  ['Asia/Seoul', 540, NONE],
  ['Asia/Shanghai', 480, NONE],
  ['Asia/Hong_Kong', 480, NONE],
  ['Asia/Taipei', 480, NONE],
  ['Asia/Singapore', 480, NONE],
  ['Asia/Kuala_Lumpur', 480, NONE],
  ['Asia/Manila', 480, NONE],
  ['Asia/Bangkok', 420, NONE],
  ['Asia/Ho_Chi_Minh', 420, NONE],
  ['Asia/Jakarta', 420, NONE],
  ['Asia/Kolkata', 330, NONE],
  ['Asia/Kathmandu', 345, NONE],
  ['Asia/Colombo', 330, NONE],
  ['Asia/Dubai', 240, NONE],
  ['Africa/Lagos', 60, NONE],
  ['Africa/Accra', 0, NONE],
  ['Africa/Nairobi', 180, NONE],
  ['Africa/Addis_Ababa', 180, NONE],
  ['Africa/Dar_es_Salaam', 180, NONE],
  ['Africa/Kigali', 120, NONE],
  ['Africa/Johannesburg', 120, NONE],
  ['Australia/Sydney', 600, AUSTRALIA_SOUTHEAST],
  ['Australia/Melbourne', 600, AUSTRALIA_SOUTHEAST],
  ['Australia/Hobart', 600, TASMANIA],
  ['Australia/Adelaide', 570, AUSTRALIA_SOUTHEAST],
  ['Australia/Brisbane', 600, NONE],
  ['Australia/Perth', 480, AUSTRALIA_WEST],
  ['Pacific/Auckland', 720, NEW_ZEALAND],
]

export const ZONES: readonly Zone[] = ROWS.map(([name, minutes, rules]) => ({
  name,
  standardMs: minutes * 60_000,
  rules,
}))

/** Position of a zone in `ZONES` by its IANA name, −1 if it is not there. */
export function zoneIndex(name: string): number {
  return ZONES.findIndex((zone) => zone.name === name)
}
