import { computed } from '@preact/signals'
import { METRICS, type Verdict } from '../../../../sim/index.ts'
import { baseCurves, isBaseline, mainCurve, nowCurves } from '../../engine/rates.ts'
import { differenceAt } from '../../engine/summary.ts'
import { scenario } from '../../model/store.ts'
import { verdictsOf } from './rows.ts'

/** Verdicts on the run that is shown; null while it is under way. */
export const verdicts = computed(() => verdictsOf(mainCurve.value, scenario.value.count))

let last: ReadonlyMap<string, Verdict> | null = null
/** Verdicts on the run before while there are none on this one: by which cards are chosen, never what they show. */
export const verdictsBefore = computed(() => (last = verdicts.value ?? last))

let lastMoved: ReadonlySet<string> = new Set()
/** Metrics whose difference to the baseline can be told from 0 over the whole run; those of the run before while it is under way. */
export const movedMetrics = computed(() => {
  const [now, base] = [nowCurves.value, isBaseline.value ? [] : baseCurves.value]
  if (base.length > 0 && !(now[0]!.complete && base[0]!.complete)) return lastMoved
  const last = now[0]!.days - 1
  const moved = METRICS.filter((_, i) => {
    const { interval } = differenceAt(now, base, last, i)
    return interval !== null && (interval[0] > 0 || interval[1] < 0)
  })
  return (lastMoved = new Set(moved.map(({ id }) => id)))
})
