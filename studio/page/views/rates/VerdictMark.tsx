import type { Verdict } from '../../../../sim/index.ts'

const MARKS = {
  pass: ['✓', 'in its band'],
  fail: ['✕', 'out of its band'],
  'not asserted': ['○', 'not asserted: too few people, days or observations'],
} as const

/** Shape and colour say the same. */
export function VerdictMark({ verdict }: { verdict: Verdict | undefined }) {
  if (!verdict)
    return (
      <span class="verdict pending" title="not known yet">
        <span aria-hidden="true">·</span>
        <span class="spoken">not known yet</span>
      </span>
    )
  const [mark, text] = MARKS[verdict]
  return (
    <span class={`verdict ${verdict.replace(' ', '-')}`} title={text}>
      <span aria-hidden="true">{mark}</span>
      <span class="spoken">{text}</span>
    </span>
  )
}
