import type { Stream } from '../../kernel/index.ts'
import { type Point, shifted } from './distances.ts'
import { type City, type PlacePack, placePack } from './places.ts'

/** Standard deviation of a home's distance from the city's centre, east and north alike (chosen). */
const HOME_SPREAD_KM = 4
/** Homes farther out than this in either direction are drawn again. */
const HOME_LIMIT_KM = 12

function offsetKm(stream: Stream): number {
  let km = stream.normal(0, HOME_SPREAD_KM)
  while (Math.abs(km) > HOME_LIMIT_KM) km = stream.normal(0, HOME_SPREAD_KM)
  return km
}

/** Degrees to four places, about 10 m. */
function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000
}

/** Draws a home around a city's centre, at most 12 km east or west and north or south of it. */
export function drawHome(stream: Stream, city: City): Point {
  const east = offsetKm(stream)
  const home = shifted(city, east, offsetKm(stream))
  return { latitude: rounded(home.latitude), longitude: rounded(home.longitude) }
}

export interface Location extends Point {
  readonly city: string
  /** State or region code. */
  readonly state: string
}

/** A home somewhere in the pack: a city drawn by population, then a point in it. */
export function generateLocation(stream: Stream, pack: PlacePack = placePack('us')): Location {
  const city = pack.cities[pack.draw(stream)]!
  return { city: city.name, state: city.region, ...drawHome(stream, city) }
}
