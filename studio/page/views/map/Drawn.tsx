import { useEffect, useRef, useState } from 'preact/hooks'
import { arrowStep } from '../../charts/arrow-step.ts'
import { useWidth } from '../../charts/cursor.ts'
import { saveBlob } from '../../charts/export.ts'
import { grouped } from '../../charts/format.ts'
import { day } from '../../model/store.ts'
import { coloursChanged } from '../../parts/theme.ts'
import type { Geography } from '../../worker/world/protocol.ts'
import type { Outlines } from './outlines.ts'
import { paint } from './paint.ts'
import { hour, shows } from './shown.ts'

/** The map itself with its hour, what is told of a city, and the numbers behind it. */
export function Drawn({ geography, outlines, fresh }: { geography: Geography; outlines: Outlines; fresh: boolean }) {
  const [width, attach] = useWidth(900)
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = Math.round(Math.min(width * 0.6, 620))
  const [picked, setPicked] = useState(-1)
  const { cities, activity } = geography
  const { land, projection } = outlines
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
    paint(context, {
      geography,
      outlines,
      width,
      height,
      shows: shows.value,
      hour: hour.value,
      picked,
    })
  }, [geography, width, height, hour.value, shows.value, picked, coloursChanged.value, outlines])
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
  // A finger only presses where a mouse moves.
  const point = (event: PointerEvent & { currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect()
    setPicked(nearest(event.clientX - box.left, event.clientY - box.top))
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
            const step = arrowStep(event.key)
            if (step === 0) return
            event.preventDefault()
            const at = ranked.indexOf(picked)
            setPicked(ranked[Math.max(0, Math.min(ranked.length - 1, at + step))]!)
          }}
          onPointerMove={point}
          onPointerDown={point}
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
