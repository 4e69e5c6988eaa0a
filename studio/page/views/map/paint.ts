import { geoPath } from 'd3-geo'
import type { Geography } from '../../worker/world/protocol.ts'
import type { Outlines } from './outlines.ts'

export type Shows = 'activity' | 'likes' | 'matches'

export interface Picture {
  readonly geography: Geography
  /** Its projection is fitted to the size. */
  readonly outlines: Outlines
  readonly width: number
  readonly height: number
  readonly shows: Shows
  /** Hour of the day, UTC. */
  readonly hour: number
  /** Position in the geography's cities; −1: none. */
  readonly picked: number
}

/** Radius of a city's circle in px: its area goes with the people. */
export function radiusOf(people: number, most: number, width: number): number {
  return 2.5 + Math.sqrt(people / most) * Math.min(26, width / 28)
}

/** Draws land, flows and cities in the page's own colours. */
export function paint(context: CanvasRenderingContext2D, picture: Picture): void {
  const { geography, outlines, width, height, shows, hour, picked } = picture
  const { cities, activity, flows } = geography
  const { land, borders, projection } = outlines
  const byId = new Map(cities.map((city) => [city.id, city]))
  const most = Math.max(1, ...cities.map(({ people }) => people))
  const place = (city: { longitude: number; latitude: number }) => projection([city.longitude, city.latitude])
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const ratio = devicePixelRatio || 1
  context.canvas.width = width * ratio
  context.canvas.height = height * ratio
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  const path = geoPath(projection, context)
  context.beginPath()
  path(land as GeoJSON.Feature)
  context.fillStyle = colour('--sunken')
  context.fill()
  context.strokeStyle = colour('--line-2')
  context.lineWidth = 1
  context.stroke()
  context.beginPath()
  path(borders as GeoJSON.Feature)
  context.strokeStyle = colour('--line')
  context.stroke()
  if (shows !== 'activity') {
    const which = shows
    const strongest = Math.max(1, ...flows.map((flow) => flow[which]))
    context.strokeStyle = colour(which === 'likes' ? '--second' : '--now')
    for (const flow of flows) {
      const [from, to] = [byId.get(flow.from), byId.get(flow.to)]
      const [a, b] = [from && place(from), to && place(to)]
      if (!a || !b || flow[which] === 0) continue
      const bend = 0.16
      const middle: [number, number] = [
        (a[0] + b[0]) / 2 - (b[1] - a[1]) * bend,
        (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend,
      ]
      context.globalAlpha = 0.12 + 0.7 * (flow[which] / strongest)
      context.lineWidth = 0.6 + 4 * (flow[which] / strongest)
      context.beginPath()
      context.moveTo(a[0], a[1])
      context.quadraticCurveTo(middle[0], middle[1], b[0], b[1])
      context.stroke()
    }
    context.globalAlpha = 1
  }
  // Actions a person in the hour; the busiest cities but a few fill their circle.
  const rates = cities.map(({ people }, at) => activity[at * 24 + hour]! / people)
  const most24 = cities.flatMap(({ people }, at) =>
    people >= 5 ? Array.from(activity.subarray(at * 24, at * 24 + 24), (count) => count / people) : [],
  )
  const full = most24.sort((a, b) => a - b)[Math.floor(most24.length * 0.97)] || 1
  const order = cities.map((_, at) => at).sort((a, b) => cities[b]!.people - cities[a]!.people)
  for (const at of order) {
    const city = cities[at]!
    const spot = place(city)
    if (!spot) continue
    const r = radiusOf(city.people, most, width)
    context.beginPath()
    context.arc(spot[0], spot[1], r, 0, 2 * Math.PI)
    context.fillStyle = colour('--panel')
    context.globalAlpha = 0.85
    context.fill()
    context.globalAlpha = 1
    context.strokeStyle = colour(at === picked ? '--ink' : '--base')
    context.lineWidth = at === picked ? 2.5 : 1
    context.stroke()
    if (shows === 'activity') {
      context.beginPath()
      context.arc(spot[0], spot[1], r * Math.sqrt(Math.min(1, rates[at]! / full)), 0, 2 * Math.PI)
      context.fillStyle = colour('--second')
      context.fill()
    }
  }
  context.font = '500 11px Inter, sans-serif'
  context.textAlign = 'center'
  context.lineWidth = 3
  context.strokeStyle = colour('--panel')
  context.fillStyle = colour('--ink')
  const told: Box[] = []
  // Names of the picked city and of the largest, as far as they do not lie on each other.
  for (const at of picked < 0 ? order : [picked, ...order]) {
    const { name, people } = cities[at]!
    const spot = place(cities[at]!)
    const r = radiusOf(people, most, width)
    if (!spot || (r <= 13 && at !== picked)) continue
    const text = name.split(',')[0]!
    const half = context.measureText(text).width / 2 + 3
    const y = spot[1] - r - 4
    const box = { left: spot[0] - half, right: spot[0] + half, top: y - 11, bottom: y + 3 }
    if (told.some((other) => overlap(box, other))) continue
    told.push(box)
    context.strokeText(text, spot[0], y)
    context.fillText(text, spot[0], y)
  }
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
