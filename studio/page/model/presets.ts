import { POPULATIONS } from '../../../sim/index.ts'
import { type Changes, leavesOf } from './scenario.ts'

export interface Preset {
  readonly name: string
  readonly text: string
  readonly changes: Changes
}

/** Presets that come with the page. */
export const PRESETS: readonly Preset[] = [
  { name: 'Default', text: 'The model as it is calibrated.', changes: {} },
  {
    name: 'Nobody has a personality',
    text: 'The null population: the scorecard must fail it.',
    changes: leavesOf(POPULATIONS.null),
  },
  {
    name: 'Two men to a woman',
    text: 'A site with many more men, as most begin.',
    changes: { 'population.gender.woman': 0.33, 'population.gender.man': 0.65 },
  },
  {
    name: 'All socialites',
    text: 'Social people, who post and answer more.',
    changes: {
      'population.archetype.social': 6,
      'population.traits.sociability.low': 0.4,
      'population.traits.sociability.high': 1,
    },
  },
  {
    name: 'Choosy',
    text: 'Everybody is harder to please.',
    changes: { 'population.traits.selectivity.low': 0.55, 'population.traits.selectivity.high': 1 },
  },
  {
    name: 'Growing',
    text: 'Twenty people join every day.',
    changes: { 'policy.arrivals.perDay': 20 },
  },
]

const STORED = 'mingle-presets'

/** Presets saved in this browser. */
export function savedPresets(): Preset[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return Array.isArray(found) ? found.filter(isPreset) : []
  } catch {
    return []
  }
}

export function savePreset(preset: Preset): Preset[] {
  const all = [...savedPresets().filter(({ name }) => name !== preset.name), preset]
  localStorage.setItem(STORED, JSON.stringify(all))
  return all
}

export function removePreset(name: string): Preset[] {
  const all = savedPresets().filter((preset) => preset.name !== name)
  localStorage.setItem(STORED, JSON.stringify(all))
  return all
}

/** A preset from a file. @throws Error that says what was expected */
export function readPreset(text: string): Preset {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw new Error('This file is no JSON; a preset is what “Save to a file” writes.')
  }
  if (!isPreset(found))
    throw new Error('This is no preset: it needs a name and changes, numbers by the path of a parameter.')
  return found
}

function isPreset(value: unknown): value is Preset {
  if (typeof value !== 'object' || value === null) return false
  const { name, changes } = value as Partial<Preset>
  return (
    typeof name === 'string' &&
    typeof changes === 'object' &&
    changes !== null &&
    Object.values(changes).every((one) => typeof one === 'number' && Number.isFinite(one))
  )
}
