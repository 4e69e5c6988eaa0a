const PATHS = {
  first: 'M4 4v12M16 4 7 10l9 6z',
  back: 'M14 4 5 10l9 6z',
  play: 'M6 3.5 16.5 10 6 16.5z',
  pause: 'M6 4v12M14 4v12',
  forward: 'M6 4l9 6-9 6z',
  eventBack: 'M15 5 8 10l7 5M4.5 9.6v.8',
  eventForward: 'M5 5l7 5-7 5M15.5 9.6v.8',
  last: 'M16 4v12M4 4l9 6-9 6z',
} as const

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
