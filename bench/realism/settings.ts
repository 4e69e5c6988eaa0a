import type { RunInput } from '../../sim/index.ts'

/** A setting in which every rate has to hold. */
export interface Setting {
  readonly name: string
  readonly days: number
  readonly input: Omit<RunInput, 'seed'>
  /** Only these metrics are judged; all when absent. */
  readonly only?: readonly string[]
  /** Takes many minutes: on demand alone. */
  readonly large?: boolean
}

const women = (share: number) => ({ population: { gender: { woman: share, man: 0.98 - share } } })

/** The settings of the realism issue, from small to large. */
export const SETTINGS: readonly Setting[] = [
  { name: '300 x 30', days: 30, input: { count: 300 }, only: ['1'] },
  { name: '1,000 x 30', days: 30, input: { count: 1000 } },
  { name: '1,000 x 30, women 50%', days: 30, input: { count: 1000, parameters: women(0.5) } },
  { name: '1,000 x 30, women 35%', days: 30, input: { count: 1000, parameters: women(0.35) } },
  { name: '1,000 x 90', days: 90, input: { count: 1000 } },
  { name: '1,000 x 90, women 35%', days: 90, input: { count: 1000, parameters: women(0.35) } },
  { name: '10,000 x 30', days: 30, input: { count: 10_000 } },
  { name: '10,000 x 30, women 35%', days: 30, input: { count: 10_000, parameters: women(0.35) } },
  { name: '10,000 x 30, country', days: 30, input: { count: 10_000, market: 'country' } },
  { name: '10,000 x 30, area', days: 30, input: { count: 10_000, market: 'area' } },
  { name: '100,000 x 30, pool', days: 30, input: { count: 100_000 }, large: true },
  { name: '100,000 x 30, metro', days: 30, input: { count: 100_000, market: 'metro' }, large: true },
]
