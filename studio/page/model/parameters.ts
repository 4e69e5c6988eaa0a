import { PARAMETER_RANGES, type ParameterRange } from '../../../sim/index.ts'
import { DEFAULT_LEAVES } from './store.ts'

/** A parameter as the page shows it. */
export interface Described {
  readonly path: string
  readonly kind: 'population' | 'policy'
  /** Heading it stands under. */
  readonly group: string
  readonly label: string
  readonly unit: string
  readonly text: string
  readonly least: number
  readonly most: number
  /** Ends of the slider: the useful part of the range. */
  readonly from: number
  readonly to: number
  readonly step: number
  readonly log: boolean
}

function rangeAt(path: string): ParameterRange {
  let branch: unknown = PARAMETER_RANGES
  for (const name of path.split('.')) branch = (branch as Record<string, unknown>)[name]
  return branch as ParameterRange
}

const words = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

function describe(path: string, standard: number): Described {
  const names = path.split('.')
  const { least, most, whole } = rangeAt(path)
  const span = standard !== 0 ? Math.abs(standard) * 4 : 1
  const from = Math.max(least, standard < 0 ? standard - span : 0)
  const to = Math.min(most, Math.max(standard + span, least))
  const step = whole ? 1 : 10 ** Math.floor(Math.log10((to - from) / 100))
  return {
    path,
    kind: names[0] as 'population' | 'policy',
    group: names[1]!,
    label: words(names.slice(2).join(' · ') || names[1]!),
    unit: '',
    text: '',
    least,
    most,
    from,
    to,
    step,
    log: false,
  }
}

/** Every parameter, in the order of the tree. */
export const PARAMETERS: readonly Described[] = Object.entries(DEFAULT_LEAVES).map(([path, value]) =>
  describe(path, value),
)
