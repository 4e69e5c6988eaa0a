import { signal } from '@preact/signals'
import { type GeoProjection, geoAlbersUsa, geoEqualEarth, geoPath } from 'd3-geo'
import { useEffect, useRef, useState } from 'preact/hooks'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { useWidth } from '../../charts/cursor.ts'
import { saveBlob } from '../../charts/export.ts'
import { grouped } from '../../charts/format.ts'
import { useAnswer, useWorld } from '../../engine/world.ts'
import { day, scenario } from '../../model/store.ts'
import { Opening } from '../../parts/Opening.tsx'
import { playing } from '../../parts/TimeBar.tsx'
import { coloursChanged } from '../../parts/theme.ts'
import type { Geography } from '../../worker/world/protocol.ts'

interface Outlines {
  readonly land: GeoJSON.GeoJSON
  readonly borders: GeoJSON.GeoJSON
  readonly projection: GeoProjection
}

/** Outlines come with the page: a file of its own, loaded when the map is first opened. */
async function outlines(places: string): Promise<Outlines> {
  if (places === 'us') {
    const { default: atlas } = await import('us-atlas/states-10m.json')
    const topology = atlas as unknown as Topology<{ nation: GeometryCollection; states: GeometryCollection }>
    return {
      land: feature(topology, topology.objects.nation),
      borders: mesh(topology, topology.objects.states, (a, b) => a !== b),
      projection: geoAlbersUsa(),
    }
  }
  const { default: atlas } = await import('world-atlas/countries-110m.json')
  const topology = atlas as unknown as Topology<{ land: GeometryCollection; countries: GeometryCollection }>
  return {
    land: feature(topology, topology.objects.land),
    borders: mesh(topology, topology.objects.countries, (a, b) => a !== b),
    projection: geoEqualEarth(),
  }
}

const hour = signal(20)
const shows = signal<'activity' | 'likes' | 'matches'>('activity')

export function MapView() {
  const state = useWorld()
  const { value, fresh, failure } = useAnswer('geography', { day: day.value })
  const [shapes, setShapes] = useState<{ places: string; outlines: Outlines } | null>(null)
  const { places } = scenario.value
  useEffect(() => {
    void outlines(places).then((found) => setShapes({ places, outlines: found }))
  }, [places])
  useEffect(() => {
    if (!playing.value) return
    const timer = setInterval(() => (hour.value = (hour.value + 2) % 24), 160)
    return () => clearInterval(timer)
  }, [playing.value])
  return (
    <div class="view map-view">
      <header class="view-head">
        <div>
          <h2>Map</h2>
          <p>
            Cities by their people; what happens in them hour by hour on the day below, and where likes and matches of
            all days until then go.
          </p>
        </div>
        <div class="row tools">
          <div class="segmented" role="group" aria-label="What the map shows">
            {(['activity', 'likes', 'matches'] as const).map((one) => (
              <button type="button" key={one} aria-pressed={shows.value === one} onClick={() => (shows.value = one)}>
                {one}
              </button>
            ))}
          </div>
        </div>
      </header>
      {state.key === null && <Opening state={state} what="the cities" />}
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      {value && shapes?.places === places && <Drawn geography={value} outlines={shapes.outlines} fresh={fresh} />}
    </div>
  )
}

function Drawn({
  geography,
  outlines: { land, borders, projection },
  fresh,
}: {
  geography: Geography
  outlines: Outlines
  fresh: boolean
}) {
  const [width, attach] = useWidth(900)
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = Math.round(Math.min(width * 0.6, 620))
  const [picked, setPicked] = useState(-1)
  const { cities, activity, flows } = geography
  const byId = new Map(cities.map((city) => [city.id, city]))
  const most = Math.max(1, ...cities.map(({ people }) => people))
  const radius = (people: number) => 2.5 + Math.sqrt(people / most) * Math.min(26, width / 28)
  projection.fitExtent(
    [
      [12, 12],
      [width - 12, height - 12],
    ],
    land as GeoJSON.GeoJsonProperties & GeoJSON.Feature,
  )
  const place = (city: { longitude: number; latitude: number }) => projection([city.longitude, city.latitude])
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const ratio = devicePixelRatio || 1
    canvas.current!.width = width * ratio
    canvas.current!.height = height * ratio
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
    if (shows.value !== 'activity') {
      const which = shows.value
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
    const rates = cities.map(({ people }, at) => activity[at * 24 + hour.value]! / people)
    const most24 = cities.flatMap(({ people }, at) =>
      people >= 5 ? Array.from(activity.subarray(at * 24, at * 24 + 24), (count) => count / people) : [],
    )
    const full = most24.sort((a, b) => a - b)[Math.floor(most24.length * 0.97)] || 1
    const order = cities.map((_, at) => at).sort((a, b) => cities[b]!.people - cities[a]!.people)
    for (const at of order) {
      const city = cities[at]!
      const spot = place(city)
      if (!spot) continue
      const r = radius(city.people)
      context.beginPath()
      context.arc(spot[0], spot[1], r, 0, 2 * Math.PI)
      context.fillStyle = colour('--panel')
      context.globalAlpha = 0.85
      context.fill()
      context.globalAlpha = 1
      context.strokeStyle = colour(at === picked ? '--ink' : '--base')
      context.lineWidth = at === picked ? 2.5 : 1
      context.stroke()
      if (shows.value === 'activity') {
        context.beginPath()
        context.arc(spot[0], spot[1], r * Math.sqrt(Math.min(1, rates[at]! / full)), 0, 2 * Math.PI)
        context.fillStyle = colour('--second')
        context.fill()
      }
      if (r > 13 || at === picked) {
        context.font = '500 11px Inter, sans-serif'
        context.textAlign = 'center'
        context.lineWidth = 3
        context.strokeStyle = colour('--panel')
        context.strokeText(city.name.split(',')[0]!, spot[0], spot[1] - r - 4)
        context.fillStyle = colour('--ink')
        context.fillText(city.name.split(',')[0]!, spot[0], spot[1] - r - 4)
      }
    }
  }, [geography, width, height, hour.value, shows.value, picked, coloursChanged.value, projection])
  const nearest = (px: number, py: number) => {
    let best = -1
    let least = 30
    cities.forEach((city, at) => {
      const spot = place(city)
      if (!spot) return
      const distance = Math.hypot(spot[0] - px, spot[1] - py)
      if (distance < least) {
        least = distance
        best = at
      }
    })
    return best
  }
  const ranked = cities.map((_, at) => at).sort((a, b) => cities[b]!.people - cities[a]!.people)
  const city = cities[picked]
  const told = city
    ? `${city.name}: ${grouped(city.people)} people, ${grouped(activity[picked * 24 + hour.value]!)} actions between ${hour.value} and ${hour.value + 1} o’clock UTC`
    : ''
  return (
    <>
      <figure class={`figure map ${fresh ? '' : 'stale'}`} aria-busy={!fresh}>
        <div class="row between">
          <label class="inline grow">
            <span class="clock">{`${hour.value}`.padStart(2, '0')}:00 UTC</span>
            <input
              type="range"
              min={0}
              max={23}
              value={hour.value}
              aria-label="Hour of the day"
              aria-valuetext={`${hour.value} o’clock UTC`}
              style={{ '--fill': `${(hour.value / 23) * 100}%` }}
              onInput={(event) => (hour.value = event.currentTarget.valueAsNumber)}
              disabled={shows.value !== 'activity'}
            />
          </label>
          <span>
            {grouped(geography.likes)} likes, {grouped(geography.matches)} matches until day {day.value}
          </span>
          <button
            type="button"
            class="quiet"
            onClick={() => canvas.current?.toBlob((blob) => blob && saveBlob(blob, 'map.png'))}
          >
            PNG
          </button>
        </div>
        <div
          ref={attach}
          class="chart canvas"
          role="group"
          tabIndex={0}
          aria-roledescription="map"
          aria-label={`Map of ${cities.length} cities. Arrow keys go through them, the largest first.`}
          onKeyDown={(event) => {
            const step =
              event.key === 'ArrowRight' || event.key === 'ArrowDown'
                ? 1
                : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
                  ? -1
                  : 0
            if (step === 0) return
            event.preventDefault()
            const at = ranked.indexOf(picked)
            setPicked(ranked[Math.max(0, Math.min(ranked.length - 1, at + step))]!)
          }}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            setPicked(nearest(event.clientX - box.left, event.clientY - box.top))
          }}
        >
          <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true" />
        </div>
        <p class="map-told" aria-live="polite">
          {told || 'Point at a city, or go through them by arrow keys.'}
        </p>
      </figure>
      <details class="figure">
        <summary>Numbers</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Table: cities">
          <table>
            <thead>
              <tr>
                <th scope="col">city</th>
                <th scope="col">people</th>
                <th scope="col">actions on the day</th>
                <th scope="col">busiest hour, UTC</th>
              </tr>
            </thead>
            <tbody>
              {ranked.slice(0, 100).map((at) => {
                const hours = Array.from(activity.subarray(at * 24, at * 24 + 24))
                return (
                  <tr key={cities[at]!.id}>
                    <th scope="row">{cities[at]!.name}</th>
                    <td>{grouped(cities[at]!.people)}</td>
                    <td>{grouped(hours.reduce((a, b) => a + b, 0))}</td>
                    <td>{hours.indexOf(Math.max(...hours))}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
