import { trait } from '../persona/persona.ts'
import type { Draft } from './draft.ts'

/** What a conversation is like: drawn once from the two people, so that both keep to it. */
export const Shape = { mixed: 0, stories: 1, banter: 2, deep: 3, quiet: 4 } as const

export function shapeOf(draft: Draft): number {
  return trait((draft.sender.writer ^ draft.recipient.writer) >>> 0, 70, 5)
}

/** One person in eleven never asks (chosen). */
const SILENT_ONES = 11

export function neverAsks(writer: number): boolean {
  return trait(writer, 71, SILENT_ONES) === 0
}
