import { effect, signal } from '@preact/signals'
import { lazy, Suspense } from 'preact/compat'
import { useEffect } from 'preact/hooks'
import { ask, world } from '../engine/world.ts'
import { day, event, lookAt, lookAtEvent, scenario, view } from '../model/store.ts'
import { Icon } from '../parts/Icon.tsx'
import { dateOf } from '../views/people/when.ts'
import type { Moment } from '../worker/world/protocol.ts'

/** Loaded when the first event is stepped to. */
const EventStrip = lazy(async () => (await import('./EventStrip.tsx')).EventStrip)

const SPEEDS = [1, 2, 4, 8] as const
const speed = signal<(typeof SPEEDS)[number]>(2)
export const playing = signal(false)

/** What replaying to the day gave. */
const moment = signal<Moment | null>(null)

let timer = 0
effect(() => {
  clearInterval(timer)
  if (!playing.value) return
  timer = window.setInterval(() => {
    if (day.peek() >= scenario.peek().days) playing.value = false
    else lookAt(day.peek() + 1)
  }, 1000 / speed.value)
})

/** Moves through the days of the run. What is shown on a day comes from a snapshot and the replay of what follows it. */
export function TimeBar() {
  const { days, startDate } = scenario.value
  const at = day.value
  const knowsPeople = world.value.key !== null
  useEffect(() => {
    moment.value = null
    if (!knowsPeople || playing.value || view.value === 'rates') return
    const wait = setTimeout(() => {
      ask('scrub', { day: at })
        .then((found) => (moment.value = found))
        .catch(() => {})
    }, 120)
    return () => clearTimeout(wait)
  }, [at, knowsPeople, view.value])
  return (
    <footer class="time" role="group" aria-label="Time">
      {event.value !== null && (
        <Suspense fallback={<div class="event-strip">…</div>}>
          <EventStrip />
        </Suspense>
      )}
      <div class="row">
        <button type="button" class="quiet" aria-label="First day" onClick={() => lookAt(0)}>
          <Icon name="first" />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Day before"
          disabled={at <= 0}
          onClick={() => lookAt(Math.max(0, at - 1))}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="play"
          aria-label={playing.value ? 'Pause' : 'Play'}
          onClick={() => {
            if (!playing.value && at >= days) lookAt(0)
            playing.value = !playing.value
          }}
        >
          <Icon name={playing.value ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          class="quiet step"
          aria-label="Event before"
          title="Event before"
          disabled={at <= 0 && (event.value ?? 0) <= 0}
          onClick={() => lookAtEvent(at, (event.value ?? 0) - 1)}
        >
          <Icon name="eventBack" />
        </button>
        <button
          type="button"
          class="quiet step"
          aria-label="Next event"
          title="Next event"
          disabled={at >= days}
          onClick={() => lookAtEvent(at, (event.value ?? -1) + 1)}
        >
          <Icon name="eventForward" />
        </button>
        <button type="button" class="quiet" aria-label="Next day" disabled={at >= days} onClick={() => lookAt(at + 1)}>
          <Icon name="forward" />
        </button>
        <button type="button" class="quiet" aria-label="Last day" onClick={() => lookAt(null)}>
          <Icon name="last" />
        </button>
      </div>
      <input
        type="range"
        min={0}
        max={days}
        step={1}
        value={at}
        aria-label="Day"
        aria-valuetext={`after day ${at} of ${days}, ${dateOf(startDate, at)}`}
        style={{ '--fill': `${(at / days) * 100}%` }}
        onInput={({ currentTarget }) => lookAt(currentTarget.valueAsNumber)}
      />
      <output class="moment">
        <b>day {at}</b>{' '}
        <span class="wide-only">
          of {days} · {dateOf(startDate, at)}
        </span>
      </output>
      <label class="inline speed">
        <span class="spoken">Speed</span>
        <select
          value={speed.value}
          onChange={({ currentTarget }) => (speed.value = Number(currentTarget.value) as (typeof SPEEDS)[number])}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {one} day{one > 1 ? 's' : ''}/s
            </option>
          ))}
        </select>
      </label>
      {moment.value && (
        <code
          class="wide-only"
          data-moment={moment.value.digest}
          title={`restored from day ${moment.value.from}, ${moment.value.replayed} days lived again; the straight run has ${moment.value.straight}`}
        >
          {moment.value.digest.slice(0, 8)}{' '}
          <span class={moment.value.digest === moment.value.straight ? 'same' : 'differs'}>
            {moment.value.digest === moment.value.straight ? '= straight run' : '≠ straight run'}
          </span>
        </code>
      )}
    </footer>
  )
}
