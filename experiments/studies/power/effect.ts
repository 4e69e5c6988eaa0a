import { badInput } from '../../../sim/index.ts'
import type { Measure } from '../measures.ts'

/** A change of a metric that a test shall see: a part of what it is, or so much. */
export interface Effect {
  readonly kind: 'relative' | 'absolute'
  readonly size: number
  /** As it was given: `+5%` */
  readonly text: string
}

const EFFECT = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(%|pp)?$/

/** An effect from its text: `+5%` of what the metric is, `+0.005`, or `+0.5pp` of a share. @throws MingleError BAD_INPUT */
export function parseEffect(measure: Measure, text: string): Effect {
  const [, sign = '', digits, unit] = EFFECT.exec(text) ?? []
  const expected = `give a change such as ${measure.key}=+5%, -5%, +0.01${measure.unit === 'share' ? ' or +1pp' : ''}`
  if (digits === undefined) throw badInput(`--effect ${measure.key}=${text} is no change; ${expected}`)
  if (sign === '' && unit === undefined)
    throw badInput(`--effect ${measure.key}=${text} does not say whether more or less; ${expected}`)
  if (unit === 'pp' && measure.unit !== 'share')
    throw badInput(
      `--effect ${measure.key}=${text}: ${measure.key} is no share and has no percentage points; ${expected}`,
    )
  const size = (sign === '-' ? -1 : 1) * Number(digits) * (unit === undefined ? 1 : 0.01)
  if (size === 0) throw badInput(`--effect ${measure.key}=${text} changes nothing; ${expected}`)
  if (unit === '%' && size <= -1) throw badInput(`--effect ${measure.key}=${text} leaves nothing of it; ${expected}`)
  return { kind: unit === '%' ? 'relative' : 'absolute', size, text }
}

/** How much the metric changes by an effect. @param base what it is without */
export function sizeOf({ kind, size }: Effect, base: number): number {
  return kind === 'relative' ? size * base : size
}
