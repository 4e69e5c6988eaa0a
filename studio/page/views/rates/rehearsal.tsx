import { effect } from '@preact/signals'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { METRICS } from '../../../../sim/index.ts'
import type { Curve } from '../../engine/curve.ts'
import { nowCurves } from '../../engine/rates.ts'
import { RateFace } from './RateCard.tsx'
import { rateRow } from './rows.ts'

/** Time that is left of an idle moment before a card is begun. */
const CARD_MS = 4
/** Rounds over all metrics: what is drawn so often has been compiled, for all the shapes that it meets. */
const ROUNDS = 3

/**
 * Draws, out of sight and while there is nothing else to do, what the first move of a slider will draw: a run that comes in
 * before its baseline, with what was there before. By then the code that draws it has been compiled, which otherwise takes
 * its time while the run itself wants both processors.
 *
 * @param curves a whole run, which plays both parts
 * @param isWanted asked before every card: somebody who has begun to move needs no rehearsal
 */
function rehearse(curves: readonly Curve[], isWanted: () => boolean): void {
  const { days } = curves[0]!
  const stage = document.createElement('div')
  let drawn = 0
  const go = (deadline: IdleDeadline) => {
    while (isWanted() && drawn < ROUNDS * METRICS.length) {
      if (deadline.timeRemaining() < CARD_MS) return void requestIdleCallback(go)
      const i = drawn % METRICS.length
      const row = rateRow(i, curves, drawn % 4 === 3 ? null : curves, days)
      const before = row.now.map(({ value }) => value)
      // By turns a third of the days, two thirds, and all of them.
      const filled = Math.ceil((days * ((drawn % 3) + 1)) / 3)
      const shown = { run: curves[0], row, verdict: undefined, filled, before }
      render(<RateFace metric={METRICS[i]!} shown={shown} length={days} at={days} />, stage)
      drawn++
    }
    render(null, stage)
  }
  // Where there are no idle moments to be had (Safari) the first move is drawn a little later.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(go)
}

let isOver = false

/** For the view of all rates: rehearses once, as soon as the first run is whole. */
export function useRehearsal(): void {
  useEffect(
    () =>
      effect(() => {
        const curves = nowCurves.value
        if (isOver || !curves[0]!.complete) return
        isOver = true
        rehearse([curves[0]!], () => nowCurves.peek()[0] === curves[0])
      }),
    [],
  )
}
