import { signal } from '@preact/signals'
import type { Shows } from './paint.ts'

/** Hour of the day, UTC. */
export const hour = signal(20)
export const shows = signal<Shows>('activity')
