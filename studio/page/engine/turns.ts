import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'

/**
 * What drawing may take of a frame before style, layout and painting, which cost twice as much again. A frame costs a good
 * deal by itself, so a few that are full take less from the simulation than many with a chart each; but on two processors
 * that are busy a frame waits for one as long as it works, and together that should stay below 50 ms.
 */
const BUDGET_MS = 8
/** Drawn in a frame however long they take: most of that may be waiting for a processor, and smaller frames cost more. */
const LEAST_DRAWN = 4
/** What is not seen has no frames: there a timer goes on. */
const HIDDEN_MS = 90

/** One among many that are drawn in turn. */
class Seat {
  /** Read to be drawn again. */
  readonly turn = signal(0)
  /** Set while what is drawn is of a run that is not the one asked for any more; as an attribute it is there or not. */
  readonly overtaken = signal<true | undefined>(undefined)
}

/** Those who are in sight. */
const seen = new Set<Seat>()
/** Those who wait to be drawn, in the order in which they asked. */
const waiting = new Set<Seat>()
let scheduled = false
/** Milliseconds that one of them takes, as measured. */
let each = 1.5

/**
 * For a component among many: drawn again when all of them are, in turn.
 *
 * @param wanted whether it is in sight
 * @returns whether it must look old meanwhile: an attribute, so that saying so draws nothing
 */
export function useTurn(wanted: boolean): ReadonlySignal<true | undefined> {
  const [seat] = useState(() => new Seat())
  useEffect(() => {
    if (!wanted) return
    seen.add(seat)
    return () => {
      seen.delete(seat)
      waiting.delete(seat)
      // Who comes into sight again is drawn with what is newest.
      seat.overtaken.value = undefined
    }
  }, [seat, wanted])
  void seat.turn.value
  return seat.overtaken
}

/** Draws again whoever is in sight, some in each frame. Who waits already is drawn once, with what is newest by then. */
export function drawInTurn(): void {
  for (const seat of seen) waiting.add(seat)
  schedule()
}

/** Draws them all before anything else is seen: for what has not to be simulated first. */
export function drawAtOnce(): void {
  waiting.clear()
  batch(() => {
    for (const seat of seen) draw(seat)
  })
}

/** Another run was asked for: what is drawn looks old from now on, each until its turn comes. */
export function markOvertaken(): void {
  batch(() => {
    for (const { overtaken } of seen) overtaken.value = true
  })
}

function draw({ turn, overtaken }: Seat): void {
  turn.value++
  overtaken.value = undefined
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
  const most = Math.max(LEAST_DRAWN, Math.floor(BUDGET_MS / each))
  let drawn = 0
  batch(() => {
    for (const seat of waiting) {
      if (drawn === most) break
      waiting.delete(seat)
      draw(seat)
      drawn++
    }
  })
  if (drawn === 0) return
  // The framework renders in a microtask: one that was asked for before this.
  queueMicrotask(() => {
    each += ((performance.now() - start) / drawn - each) / 4
    each = Math.max(0.2, each)
    schedule()
  })
}
