import type { FactTable } from '../../facts/index.ts'
import { cos } from '../../kernel/index.ts'
import type { ObservedPeople } from '../people.ts'
import { DISTANCE_EDGES_KM } from './bins.ts'
import { Day } from './day-counts.ts'
import type { PersonCounts } from './person-counts.ts'

const EARTH_KM = 6371
// biome-ignore lint/suspicious/noApproximativeNumericConstant: sim/ takes no constant from Math.
const RADIANS = 3.141592653589793 / 180
/** Squares of the angles at the bins' edges. */
const EDGES = Float64Array.from(DISTANCE_EDGES_KM, (km) => (km / EARTH_KM) * (km / EARTH_KM))

/** LIKEs and DISLIKEs. */
export class DecisionCounts {
  /** By distance bin, in pairs: DISLIKEs, LIKEs. */
  readonly distances = new Float64Array(2 * (DISTANCE_EDGES_KM.length + 1))
  /** Cosine of each person's latitude, and how many are known. */
  private cosine = new Float64Array(0)
  private known = 0

  /** Measures newcomers. */
  follow({ size, latitude }: ObservedPeople): void {
    if (this.cosine.length < size) {
      const wider = new Float64Array(latitude.length)
      wider.set(this.cosine.subarray(0, this.known))
      this.cosine = wider
    }
    for (; this.known < size; this.known++) this.cosine[this.known] = cos(latitude[this.known]! * RADIANS)
  }

  /** LIKEs and DISLIKEs by gender and by distance, the latter by the small-angle form of the haversine formula. */
  count(
    like: FactTable<'like'>,
    { gender, latitude, longitude }: ObservedPeople,
    { likesReceived, likesSent, dislikesSent }: PersonCounts,
    daily: Float64Array,
    dayAt: number,
  ): void {
    const { cosine, distances } = this
    for (let i = 0; i < like.rows; i++) {
      const k = like.k[i]!
      const to = like.to[i]!
      const north = (latitude[k]! - latitude[to]!) * RADIANS
      let degrees = Math.abs(longitude[k]! - longitude[to]!)
      if (degrees > 180) degrees = 360 - degrees
      const east = degrees * RADIANS
      const squared = north * north + cosine[k]! * cosine[to]! * east * east
      let bin = 0
      while (bin < EDGES.length && squared >= EDGES[bin]!) bin++
      if (like.action[i] === 1) {
        likesReceived[to]!++
        likesSent[k]!++
        distances[2 * bin + 1]!++
        daily[dayAt + Day.like + gender[k]!]!++
      } else {
        dislikesSent[k]!++
        distances[2 * bin]!++
        daily[dayAt + Day.dislike + gender[k]!]!++
      }
    }
  }

  get bytes(): number {
    return this.cosine.byteLength
  }
}
