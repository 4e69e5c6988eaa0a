import { useEffect } from 'preact/hooks'
import { useAnswer, useWorld } from '../engine/world.ts'
import { momentOfEvent } from '../model/moment.ts'
import { day, event, lookAt, lookAtEvent, openPerson, person, view } from '../model/store.ts'
import { WhyButton, WhyDialog } from '../views/people/Why.tsx'
import { when } from '../views/people/when.ts'
import type { EventStep, WorldEvent } from '../worker/world/protocol.ts'

/** The event that was stepped to: who does what to whom, and why. With a person open, only what that person meets with. */
export function EventStrip() {
  const state = useWorld()
  const of = view.value === 'people' ? person.value : null
  const { value, fresh, failure } = useAnswer('event', { day: day.value, index: event.value ?? 0, k: of })
  const step = fresh ? value : null
  useEffect(() => {
    // Beyond a day's last event comes the next day's first: the address says where it is.
    if (step?.event && (step.day !== day.value || step.index !== event.value)) lookAtEvent(step.day, step.index)
    momentOfEvent.value = step?.event ? step.event.at : null
  }, [step])
  useEffect(
    () => () => {
      momentOfEvent.value = null
    },
    [],
  )
  return (
    <div class="event-strip" role="status" data-event={step?.event ? `${step.day}:${step.index}` : undefined}>
      {state.key === null ? (
        <span>{state.failure ?? `The days are being simulated: ${Math.round(state.progress * 100)}%`}</span>
      ) : failure ? (
        <span>{failure}</span>
      ) : value ? (
        <Told step={value} of={of} />
      ) : (
        <span>…</span>
      )}
      <button type="button" class="quiet" aria-label="Leave the events" onClick={() => lookAt(day.value)}>
        ✕
      </button>
      {of === null && <WhyDialog />}
    </div>
  )
}

function Told({ step: { index, count, event }, of }: { step: EventStep; of: number | null }) {
  if (!event) return <span>Nothing more happens{of === null ? '' : ' to this person'} in that direction.</span>
  return (
    <span class="told">
      <time>{when(event.at)}</time>
      <span>
        <Name k={event.k} name={event.name} /> {event.words}{' '}
        {event.other > 0 && <Name k={event.other} name={event.otherName} />}
      </span>
      <Why event={event} />
      <small>
        {index + 1} of {count} that day
      </small>
    </span>
  )
}

function Name({ k, name }: { k: number; name: string }) {
  return (
    <button type="button" class="link" onClick={() => openPerson(k)}>
      {name}
    </button>
  )
}

function Why({ event: { kind, k, name, other, otherName } }: { event: WorldEvent }) {
  if (kind === 'like') return <WhyButton question="like" a={k} b={other} title={`Why did ${name} like ${otherName}?`} />
  if (kind === 'match')
    return <WhyButton question="match" a={k} b={other} title={`Why did ${name} and ${otherName} match?`} />
  return null
}
