import { type PlacePackName, placePack } from './content/index.ts'

/** From the whole country down to parts of a metro: who can meet whom. */
export const MARKET_LEVELS = ['country', 'area', 'division', 'metro', 'pool'] as const
export type MarketLevel = (typeof MARKET_LEVELS)[number]

/** A market holds at least about this many people in the middle of the sizes, and this many in the smallest. */
const USUAL_PEOPLE = 600
const FEWEST_PEOPLE = 100

/** The unit of a city at a level above `pool`. */
export function unitOf(places: PlacePackName, level: MarketLevel): (city: number) => number {
  const { cities } = placePack(places)
  if (level === 'country') return () => 0
  if (level === 'area') return (city) => cities[city]!.area
  if (level === 'division') return (city) => cities[city]!.division
  return (city) => cities[city]!.metro
}

/** Expected share of the people by unit, in order of the units' numbers. */
export function shares(places: PlacePackName, level: MarketLevel): number[] {
  const unit = unitOf(places, level)
  const totals: number[] = []
  let all = 0
  for (const city of placePack(places).cities) {
    totals[unit(city.id)] = (totals[unit(city.id)] ?? 0) + city.population
    all += city.population
  }
  return totals.map((total) => total / all)
}

/** The finest level at which markets still hold some hundreds of people. Depends on the count at creation alone. */
export function chooseLevel(places: PlacePackName, count: number, poolSize: number): MarketLevel {
  let chosen: MarketLevel = 'country'
  for (const level of ['area', 'division', 'metro'] as const) {
    const sizes = shares(places, level)
      .map((share) => share * count)
      .sort((a, b) => a - b)
    if (sizes[0]! < FEWEST_PEOPLE || sizes[sizes.length >> 1]! < USUAL_PEOPLE) return chosen
    chosen = level
  }
  return Math.max(...shares(places, 'metro')) * count > 2 * poolSize ? 'pool' : chosen
}
