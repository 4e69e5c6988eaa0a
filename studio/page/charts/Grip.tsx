import { useRef } from 'preact/hooks'

export interface GripProps {
  readonly label: string
  readonly value: number
  /** Whether it stands elsewhere than the outcome: then its line is drawn. */
  readonly moved: boolean
  readonly format: (value: number) => string
  readonly least: number
  readonly most: number
  readonly onMove: (value: number) => void
  /** Let go, or Enter. */
  readonly onDone: () => void
  readonly onCancel: () => void
  /** Px from the top of the chart. */
  readonly y: number
  readonly valueAt: (y: number) => number
  /** What an arrow key moves it by. */
  readonly step: number
}

/** A handle on a chart's edge: dragged up and down, or moved by the arrow keys and confirmed by Enter. */
export function Grip(props: GripProps) {
  const { label, value, moved, format, least, most, onMove, onDone, onCancel, y, valueAt, step } = props
  const dragged = useRef(false)
  const held = (next: number) => Math.max(least, Math.min(most, next))
  return (
    <div
      class={`grip ${moved ? 'moved' : ''}`}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={value}
      aria-valuetext={`${format(value)}${moved ? ', Enter looks for parameters' : ''}`}
      title={`${label}: drag it`}
      style={{ top: `${y}px` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
        event.preventDefault()
        dragged.current = false
      }}
      onPointerMove={(event) => {
        event.stopPropagation()
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        dragged.current = true
        onMove(held(valueAt(event.clientY - event.currentTarget.parentElement!.getBoundingClientRect().top)))
      }}
      onPointerUp={(event) => {
        event.currentTarget.releasePointerCapture(event.pointerId)
        if (dragged.current) onDone()
      }}
      onKeyDown={(event) => {
        const steps: Record<string, number> = {
          ArrowUp: 1,
          ArrowRight: 1,
          ArrowDown: -1,
          ArrowLeft: -1,
          PageUp: 10,
          PageDown: -10,
        }
        const by = steps[event.key]
        if (by !== undefined) onMove(held(value + by * step))
        else if (event.key === 'Enter' && moved) onDone()
        else if (event.key === 'Escape' && moved) onCancel()
        else if (event.key !== 'Home' && event.key !== 'End' && event.key !== 'Enter') return
        // The chart's own cursor is moved by the same keys.
        event.stopPropagation()
        event.preventDefault()
      }}
    >
      <svg viewBox="0 0 16 22" width="16" height="22" aria-hidden="true">
        <path d="M1 11 5 7h10v8H5z" />
      </svg>
    </div>
  )
}
