import { AliasTable, type Stream } from '../../kernel/index.ts'
import { type CityRow, US_CITIES, US_DIVISION_STATES, US_DIVISIONS } from './cities-us.ts'
import { WORLD_CITIES, WORLD_DIVISIONS } from './cities-world.ts'
import { Distances } from './distances.ts'
import { zoneIndex } from './zones.ts'

export interface City {
  /** Position in the pack; equal in both packs for the cities of the United States. */
  readonly id: number
  readonly name: string
  /** State, province or region code: "TX". */
  readonly region: string
  /** ISO 3166-1 code of two letters: "US". */
  readonly country: string
  /** Centre, degrees north. */
  readonly latitude: number
  /** Centre, degrees east. */
  readonly longitude: number
  readonly population: number
  /** Position in `ZONES`. */
  readonly zone: number
  /** Position in the pack's `metros`. */
  readonly metro: number
  /** Position in the pack's `divisions`. */
  readonly division: number
  /** Position in the pack's `areas`: census region or continent. */
  readonly area: number
}

/** The cities of a run. Metros lie inside divisions, divisions inside areas. */
export class PlacePack {
  readonly name: PlacePackName
  readonly cities: readonly City[]
  readonly metros: readonly string[]
  readonly divisions: readonly string[]
  readonly areas: readonly string[]
  readonly #byPopulation: AliasTable
  readonly #distances: Distances

  constructor(name: PlacePackName, rows: readonly PlacedRow[], divisions: readonly (readonly [string, string])[]) {
    this.name = name
    this.metros = distinct(rows.map(({ row }) => row[6]))
    this.divisions = divisions.map(([division]) => division)
    this.areas = distinct(divisions.map(([, area]) => area))
    this.cities = rows.map(({ country, division, row }, id) => ({
      id,
      name: row[0],
      region: row[1],
      country,
      latitude: row[2],
      longitude: row[3],
      population: row[4],
      zone: zoneIndex(row[5]),
      metro: this.metros.indexOf(row[6]),
      division,
      area: this.areas.indexOf(divisions[division]![1]),
    }))
    this.#byPopulation = new AliasTable(this.cities.map((city) => city.population))
    this.#distances = new Distances(this.cities)
  }

  /** The id of a city, drawn in proportion to population. */
  draw(stream: Stream): number {
    return this.#byPopulation.draw(stream)
  }

  /** Kilometres between the centres of two cities, by id. Exactly symmetric; 0 from a city to itself. */
  distanceKm(cityA: number, cityB: number): number {
    return this.#distances.between(cityA, cityB)
  }
}

export const PLACE_PACKS = ['us', 'world'] as const
export type PlacePackName = (typeof PLACE_PACKS)[number]

interface PlacedRow {
  readonly country: string
  readonly division: number
  readonly row: CityRow
}

const US_ROWS: readonly PlacedRow[] = US_CITIES.map((row) => ({
  country: 'US',
  division: US_DIVISION_STATES.findIndex((states) => states.includes(row[1])),
  row,
}))

const WORLD_ROWS: readonly PlacedRow[] = WORLD_CITIES.map(([country, division, ...row]) => ({
  country,
  division: US_DIVISIONS.length + WORLD_DIVISIONS.findIndex(([name]) => name === division),
  row,
}))

/** Immutable, so that one of each is enough. */
const PACKS: Record<PlacePackName, PlacePack> = {
  us: new PlacePack('us', US_ROWS, US_DIVISIONS),
  world: new PlacePack('world', [...US_ROWS, ...WORLD_ROWS], [...US_DIVISIONS, ...WORLD_DIVISIONS]),
}

/** `us`: cities of the United States. `world`: the same, then cities of five continents. */
export function placePack(name: PlacePackName): PlacePack {
  return PACKS[name]
}

function distinct(names: readonly string[]): string[] {
  return names.filter((name, position) => names.indexOf(name) === position)
}
