import { METRIC_BY_ID } from '../../../sim/index.ts'
import { formatValue } from '../charts/format.ts'
import { effects } from '../model/effects.ts'

/** What the parameter does to the metric whose effects were measured last; grey when it cannot be told from 0. */
export function SliderEffect({ path }: { path: string }) {
  const measured = effects.value
  const found = measured?.effects.find((effect) => effect.path === path)
  if (!measured || !found) return null
  const { name, unit } = METRIC_BY_ID.get(measured.metric)!
  const interval = `${formatValue(found.low, unit)} … ${formatValue(found.high, unit)}`
  return (
    <span
      class={`slider-effect ${found.told ? '' : 'untold'}`}
      title={`total effect on ${name} over the range of the slider: ${interval}`}
    >
      {found.told ? `${name} ${formatValue(found.total, unit)}` : `${name}: not told from 0`}
      <span class="spoken">, total effect {interval}</span>
    </span>
  )
}
