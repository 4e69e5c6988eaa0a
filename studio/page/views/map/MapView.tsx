import { useEffect, useState } from 'preact/hooks'
import { useAnswer, useWorld } from '../../engine/world.ts'
import { playing } from '../../frame/TimeBar.tsx'
import { day, scenario } from '../../model/store.ts'
import { Opening } from '../../parts/Opening.tsx'
import { Drawn } from './Drawn.tsx'
import { type Outlines, outlines } from './outlines.ts'
import { hour, shows } from './shown.ts'

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
