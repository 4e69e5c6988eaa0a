/** Stands for a picture: drawn from its seed, so that nothing is asked of anybody. */
export function Picture({ seed, name, size = 72 }: { seed: number; name: string; size?: number }) {
  const hue = (seed * 47) % 360
  const lift = 8 + (seed % 7)
  return (
    <svg
      class="picture"
      viewBox="0 0 48 48"
      width={size}
      height={size}
      role="img"
      aria-label={`Placeholder of a picture of ${name}`}
    >
      <rect width="48" height="48" fill={`hsl(${hue} 38% 80%)`} />
      <circle cx={10 + (seed % 28)} cy="12" r="16" fill={`hsl(${(hue + 40) % 360} 50% 86%)`} />
      <circle cx="24" cy={28 - lift / 2} r="8.5" fill={`hsl(${(hue + 190) % 360} 30% 46%)`} />
      <path d={`M6 48c1-${lift + 8} 35-${lift + 8} 36 0z`} fill={`hsl(${(hue + 200) % 360} 34% 38%)`} />
    </svg>
  )
}
