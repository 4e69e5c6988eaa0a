import { ENGINE_VERSION, PRESETS as OURS, type Preset, parsePreset } from '../../../sim/index.ts'

/** Presets that come with the page: those of the engine, and a few worlds to try. */
export const PRESETS: readonly Preset[] = [
  ...OURS,
  {
    name: 'two men to a woman',
    reason: 'A site with many more men, as most begin.',
    engine: ENGINE_VERSION,
    set: { 'population.gender.woman': 0.33, 'population.gender.man': 0.65 },
  },
  {
    name: 'all socialites',
    reason: 'Social people, who post and answer more.',
    engine: ENGINE_VERSION,
    set: {
      'population.archetype.social': 6,
      'population.traits.sociability.low': 0.4,
      'population.traits.sociability.high': 1,
    },
  },
  {
    name: 'choosy',
    reason: 'Everybody is harder to please.',
    engine: ENGINE_VERSION,
    set: { 'population.traits.selectivity.low': 0.55, 'population.traits.selectivity.high': 1 },
  },
  {
    name: 'growing',
    reason: 'Twenty people join every day.',
    engine: ENGINE_VERSION,
    set: { 'policy.arrivals.perDay': 20 },
  },
]

const STORED = 'mingle-presets'

/** Presets saved in this browser; what cannot be read is left out. */
export function savedPresets(): Preset[] {
  let found: unknown
  try {
    found = JSON.parse(localStorage.getItem(STORED) ?? '[]')
  } catch {
    return []
  }
  if (!Array.isArray(found)) return []
  return found.flatMap((one) => {
    try {
      return [readPreset(JSON.stringify(one), 'saved here')]
    } catch {
      return []
    }
  })
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

/** A preset from a file, as the command line reads it. @throws MingleError that says what is wrong with it */
export function readPreset(text: string, from: string): Preset {
  return parsePreset(text, from, ENGINE_VERSION)
}
