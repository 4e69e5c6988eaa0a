import { batch, type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/**
 * What drawing may take of a frame before style, layout and painting, which cost as much again. A frame costs a good deal by
 * itself, so a few that are full take less from the simulation than many with a chart each.
 */
const BUDGET_MS = 12
/** What is not seen has no frames: there a timer goes on. */
const HIDDEN_MS = 90

/** Those who are in sight, each by what it reads to be drawn again. */
const seen = new Set<Signal<number>>()
/** Those who wait to be drawn, in the order in which they asked. */
const waiting = new Set<Signal<number>>()
let scheduled = false
/** Milliseconds that one of them takes, as measured. */
let each = 1.5

/** For a component among many: drawn again when all of them are, in turn. @param wanted whether it is in sight */
export function useTurn(wanted: boolean): void {
  const turn = useSignal(0)
  useEffect(() => {
    if (!wanted) return
    seen.add(turn)
    return () => {
      seen.delete(turn)
      waiting.delete(turn)
    }
  }, [turn, wanted])
  void turn.value
}

/** Draws again whoever is in sight, some in each frame. Who waits already is drawn once, with what is newest by then. */
export function drawInTurn(): void {
  for (const turn of seen) waiting.add(turn)
  schedule()
}

/** Draws them all before anything else is seen. */
export function drawAtOnce(): void {
  waiting.clear()
  batch(() => {
    for (const turn of seen) turn.value++
  })
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return
  scheduled = true
  if (document.hidden) setTimeout(drawSome, HIDDEN_MS)
  else requestAnimationFrame(drawSome)
}

function drawSome(): void {
  scheduled = false
  const start = performance.now()
  const most = Math.max(1, Math.floor(BUDGET_MS / each))
  let drawn = 0
  for (const turn of waiting) {
    if (drawn === most) break
    waiting.delete(turn)
    turn.value++
    drawn++
  }
  if (drawn === 0) return
  // The framework renders in a microtask: one that was asked for before this.
  queueMicrotask(() => {
    each += ((performance.now() - start) / drawn - each) / 4
    each = Math.max(0.2, each)
    schedule()
  })
}
