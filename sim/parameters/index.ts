/** The parameters of the flagship model: one described tree, and what is made of it. */
export { checkParameters } from './check.ts'
export type { Scale } from './described.ts'
export { NULL_PARAMETERS, POPULATIONS, type PopulationName } from './null-population.ts'
export { PRESETS, type Preset, parsePreset, presetText } from './presets.ts'
export {
  DEFAULT_PARAMETERS,
  defaultParameters,
  flatParameters,
  type NumberTree,
  PARAMETER_RANGES,
  PARAMETERS,
  type Parameter,
  type ParameterRange,
  type Parameters,
  type PolicyParameters,
  type PopulationParameters,
  parameterAt,
  parameterValue,
  putParameter,
} from './tree.ts'
