import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  ARCHETYPES,
  archetypeTopics,
  CONTENT_VERSION,
  FIRST_NAMES,
  INTERESTS,
  LAST_NAMES,
  placePack,
  QUIZZES,
  SUBJECTS,
  ZONES,
} from '../../../sim/content/index.ts'

/**
 * No change, not "correct": whoever edits a dictionary raises `CONTENT_VERSION` and writes the new digest here beside
 * it, knowing that every seed now gives other people.
 */
const GOLDEN = { version: 3, digest: '7e863df7fd0d16b8' }

test('the dictionaries are those of this content version', () => {
  const { cities, metros, divisions, areas } = placePack('world')
  const weights = ARCHETYPES.map((_, code) => archetypeTopics(code))
  const all = [FIRST_NAMES, LAST_NAMES, INTERESTS, SUBJECTS, weights, QUIZZES, ZONES, cities, metros, divisions, areas]
  const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)
  expect({ version: CONTENT_VERSION, digest }).toEqual(GOLDEN)
})
