import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

/** A place along a chart's horizontal axis that the pointer or the arrow keys move; −1 when nothing is pointed at. */
export interface Cursor {
  readonly index: number
  /** Moved by keys: then it is read aloud. */
  readonly spoken: boolean
  readonly handlers: {
    onKeyDown(event: KeyboardEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerLeave(): void
    onBlur(): void
  }
}

/** @param length places; @param indexAt the place below a pointer, by its distance from the figure's left edge in px */
export function useCursor(length: number, indexAt: (x: number) => number, onEnter?: () => void): Cursor {
  const [state, setState] = useState({ index: -1, spoken: false })
  const { index } = state
  const clamp = (value: number) => Math.max(0, Math.min(length - 1, value))
  return {
    index: index >= length ? length - 1 : index,
    spoken: state.spoken,
    handlers: {
      onKeyDown(event) {
        const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: 10, PageDown: -10 }
        const step = steps[event.key]
        if (step !== undefined) setState({ index: clamp(index < 0 ? length - 1 : index + step), spoken: true })
        else if (event.key === 'Home') setState({ index: 0, spoken: true })
        else if (event.key === 'End') setState({ index: length - 1, spoken: true })
        else if (event.key === 'Escape' && index >= 0) setState({ index: -1, spoken: false })
        else if (event.key === 'Enter' && onEnter) onEnter()
        else return
        event.preventDefault()
        if (event.key === 'Escape') event.stopPropagation()
      },
      onPointerMove(event) {
        const box = (event.currentTarget as Element).getBoundingClientRect()
        setState({ index: clamp(indexAt(event.clientX - box.left)), spoken: false })
      },
      onPointerLeave: () => setState({ index: -1, spoken: false }),
      onBlur: () => setState({ index: -1, spoken: false }),
    },
  }
}

/** The width that an element has, kept up to date; `initial` until it is measured (and in a report). */
export function useWidth(initial: number): [number, (element: Element | null) => void] {
  const [width, setWidth] = useState(initial)
  const observer = useRef<ResizeObserver | null>(null)
  const attach = useCallback((element: Element | null) => {
    observer.current?.disconnect()
    if (!element || typeof ResizeObserver === 'undefined') return
    observer.current = new ResizeObserver(([entry]) => setWidth(Math.max(120, Math.round(entry!.contentRect.width))))
    observer.current.observe(element)
  }, [])
  return [width, attach]
}

/** Whether an element is near the window's visible part: what is not need not be redrawn. */
export function useVisible(): [boolean, (element: Element | null) => void] {
  const [visible, setVisible] = useState(typeof IntersectionObserver === 'undefined')
  const observer = useRef<IntersectionObserver | null>(null)
  const attach = useCallback((element: Element | null) => {
    observer.current?.disconnect()
    if (!element || typeof IntersectionObserver === 'undefined') return
    observer.current = new IntersectionObserver(([entry]) => setVisible(entry!.isIntersecting), { rootMargin: '200px' })
    observer.current.observe(element)
  }, [])
  useEffect(() => () => observer.current?.disconnect(), [])
  return [visible, attach]
}
