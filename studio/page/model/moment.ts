import { signal } from '@preact/signals'

/** Ms since the run's start of the event that was stepped to; null: a day boundary is looked at. */
export const momentOfEvent = signal<number | null>(null)
