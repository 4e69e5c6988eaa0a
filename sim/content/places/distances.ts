import { atan2, cos, sin } from '../../kernel/index.ts'

/** Mean radius of the Earth (IUGG). */
const EARTH_RADIUS_KM = 6371.0088
const RADIANS_PER_DEGREE = 0.017453292519943295
const KM_PER_DEGREE = EARTH_RADIUS_KM * RADIANS_PER_DEGREE

export interface Point {
  /** Degrees north. */
  readonly latitude: number
  /** Degrees east. */
  readonly longitude: number
}

/** Great-circle distance on the sphere, in km (haversine). */
export function greatCircleKm(a: Point, b: Point): number {
  const halfHeight = sin(((b.latitude - a.latitude) * RADIANS_PER_DEGREE) / 2)
  const halfWidth = sin(((b.longitude - a.longitude) * RADIANS_PER_DEGREE) / 2)
  const spread = cos(a.latitude * RADIANS_PER_DEGREE) * cos(b.latitude * RADIANS_PER_DEGREE)
  const h = halfHeight * halfHeight + spread * halfWidth * halfWidth
  return 2 * EARTH_RADIUS_KM * atan2(Math.sqrt(h), Math.sqrt(Math.max(0, 1 - h)))
}

/** The point `eastKm` and `northKm` away, on the plane that touches the sphere: for a few dozen km off the poles. */
export function shifted(point: Point, eastKm: number, northKm: number): Point {
  return {
    latitude: point.latitude + northKm / KM_PER_DEGREE,
    longitude: point.longitude + eastKm / (KM_PER_DEGREE * cos(point.latitude * RADIANS_PER_DEGREE)),
  }
}

/** All distances among n points, computed once. */
export class Distances {
  readonly #n: number
  readonly #km: Float64Array

  constructor(points: readonly Point[]) {
    const n = points.length
    this.#n = n
    this.#km = new Float64Array(n * n)
    for (let a = 1; a < n; a++) {
      for (let b = 0; b < a; b++) {
        const km = greatCircleKm(points[a]!, points[b]!)
        this.#km[a * n + b] = km
        this.#km[b * n + a] = km
      }
    }
  }

  between(a: number, b: number): number {
    return this.#km[a * this.#n + b]!
  }
}
