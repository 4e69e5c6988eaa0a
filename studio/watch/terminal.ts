import { sparkline } from './sparkline.ts'
import { GLANCE, type WatchLog } from './watched.ts'

const MARKS = { pass: '✓', fail: '✕', 'not asserted': '○' } as const
const grouped = (value: number) => `${Math.round(value)}`.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')

/** The run as lines of text: days, rows a second by table, rates with their bands, warnings. */
export function terminalLines(log: WatchLog, width = 80): string[] {
  const { run, days, warnings, end } = log
  if (!run) return ['waiting for the run to begin …']
  const total = run.days
  const done = (days.at(-1)?.day ?? run.before - 1) + 1
  const filled = Math.round((done / Math.max(1, total)) * 30)
  const lines = [
    `${run.seed}  ${grouped(run.people)} people from ${run.startDate}  ${'█'.repeat(filled)}${'░'.repeat(30 - filled)}  day ${done} of ${total}`,
    '',
  ]
  const spark = Math.max(8, Math.min(30, width - 50))
  lines.push(`${'rows by table'.padEnd(20)}${'rows/s'.padStart(10)}${'rows'.padStart(14)}  ${'by day'.padStart(spark)}`)
  for (const { table, sum, rate, values } of tablesOf(log)) {
    lines.push(
      `${table.padEnd(20)}${grouped(rate).padStart(10)}${grouped(sum).padStart(14)}  ${sparkline(values, spark)}`,
    )
  }
  const counted = days.filter(({ rates }) => rates !== null)
  if (counted.length > 0) {
    const last = counted.at(-1)!
    lines.push('', `rates after day ${last.day + 1}`)
    for (const { id, name, low, high, unit } of GLANCE) {
      const rate = last.rates!.find((one) => one.id === id)!
      const values = counted.map(({ rates }) => rates!.find((one) => one.id === id)!.value)
      const show = (value: number | null) => shown(value, unit)
      lines.push(
        `${MARKS[rate.verdict]} ${name.padEnd(24)}${show(rate.value).padStart(9)}  band ${`${show(low)} – ${show(high)}`.padEnd(17)} ${sparkline(values, Math.max(8, spark - 8))}`,
      )
    }
  }
  for (const line of warnings.slice(-3)) lines.push('', `! ${line}`)
  if (end)
    lines.push(
      '',
      end.status === 'finished'
        ? `finished, digest ${end.digest}`
        : `${end.status}${end.message ? `: ${end.message}` : ''}`,
    )
  return lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line))
}

/** A rate, or a dash where there was nothing yet to count. */
function shown(value: number | null, unit: string): string {
  if (value === null) return '–'
  return unit === 'share' ? `${(value * 100).toFixed(1)}%` : value.toFixed(2)
}

/** Seconds over which the speed is taken. */
const WINDOW_S = 3

export function tablesOf({
  days,
  seconds,
  end,
}: WatchLog): { table: string; sum: number; rate: number; values: number[] }[] {
  const names = [...new Set(days.flatMap(({ rows }) => Object.keys(rows)))].sort((a, b) => (a < b ? -1 : 1))
  const now = end ? (days.at(-1)?.at ?? seconds) : seconds
  const since = Math.max(0, now - WINDOW_S)
  const recent = days.filter(({ at }) => at > since)
  const from = days.findLast(({ at }) => at <= since)?.at ?? 0
  const span = Math.max(0.05, now - from)
  return names.map((table) => {
    const values = days.map(({ rows }) => rows[table] ?? 0)
    const sum = values.reduce((a, b) => a + b, 0)
    const rate = recent.reduce((total, { rows }) => total + (rows[table] ?? 0), 0) / span
    return { table, sum, rate, values }
  })
}

/** Draws the lines over themselves on a terminal, four times a second; elsewhere a plain line now and then. */
export class TerminalView {
  private readonly log: WatchLog
  private readonly out: NodeJS.WriteStream
  private drawn = 0
  private readonly timer: NodeJS.Timeout
  private readonly stopFollowing: () => void
  private told = -Infinity

  constructor(log: WatchLog, out: NodeJS.WriteStream = process.stderr) {
    this.log = log
    this.out = out
    this.timer = setInterval(() => out.isTTY && this.draw(), 250)
    this.stopFollowing = log.follow((event) => event === 'day' && !out.isTTY && this.line())
  }

  stop(): void {
    clearInterval(this.timer)
    this.stopFollowing()
    if (this.out.isTTY) this.draw()
  }

  private draw(): void {
    const lines = terminalLines(this.log, this.out.columns ?? 80)
    // Up to where the last picture began, and everything below it gone.
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A\u001b[0J` : ''
    this.out.write(`${up}${lines.join('\n')}\n`)
    this.drawn = lines.length
  }

  /** One line every two seconds, for a log. */
  private line(): void {
    const { seconds, run, days } = this.log
    if (seconds - this.told < 2) return
    this.told = seconds
    const counted = days.findLast(({ rates }) => rates !== null)?.rates
    const rates = counted
      ? GLANCE.slice(0, 3).map(
          ({ id, name, unit }) => `${name} ${shown(counted.find((one) => one.id === id)?.value ?? null, unit)}`,
        )
      : []
    const rate = tablesOf(this.log).reduce((sum, table) => sum + table.rate, 0)
    this.out.write(`day ${(days.at(-1)?.day ?? 0) + 1} of ${run?.days}  ${grouped(rate)} rows/s  ${rates.join(', ')}\n`)
  }
}
