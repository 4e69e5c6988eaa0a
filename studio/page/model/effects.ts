import { signal } from '@preact/signals'
import type { Effect } from '../goals/effects.ts'

/** What parameters do to the metric whose effects were measured last: shown at their sliders. */
export const effects = signal<{ readonly metric: string; readonly effects: readonly Effect[] } | null>(null)
