import { SingleBar } from 'cli-progress'
import type { Progress } from '../../run/index.ts'
import { grouped } from './table.ts'

const UNITS: Readonly<Record<string, string>> = { profiles: 'people', replay: 'days replayed', days: 'days' }

/** A phase of a run, or a job by its name, which counts in units of its own. */
type Shown = Omit<Progress, 'phase'> & { readonly phase: string }
const LINE_EVERY_MS = 2000
/** Days from whose rows those to come are guessed. */
const RECENT = 5

/** Shows where a run is, on stderr: a bar with rate and remaining time on a terminal, plain lines otherwise. */
export class ProgressView {
  private readonly terminal = process.stderr.isTTY === true
  private bar: SingleBar | undefined
  private phase: string | undefined
  private start = 0
  private startDone = 0
  private startRows = 0
  /** Rows of the last few days, oldest first, with how many days were done: days grow, so that the last tell what is to come. */
  private recent: { readonly done: number; readonly rows: number }[] = []
  private lastLine = 0

  readonly show = (progress: Shown): void => {
    if (progress.phase !== this.phase) this.begin(progress)
    this.recent.push({ done: progress.done, rows: progress.rows })
    if (this.recent.length > RECENT) this.recent.shift()
    if (this.bar) this.bar.update(progress.done, { note: this.note(progress) })
    else this.line(progress)
  }

  /** Where a job is. */
  readonly step = (job: string, done: number, total: number): void => {
    this.show({ phase: job, done, total, rows: 0 })
  }

  /** Prints a line that stays, below whatever is shown. */
  say(text: string): void {
    this.stop()
    process.stderr.write(`${text}\n`)
  }

  stop(): void {
    this.bar?.stop()
    this.bar = undefined
    this.phase = undefined
  }

  private begin(progress: Shown): void {
    this.bar?.stop()
    this.phase = progress.phase
    this.start = performance.now()
    this.startDone = progress.done
    this.startRows = progress.rows
    this.recent = []
    this.lastLine = this.start
    if (!this.terminal) return
    this.bar = new SingleBar({
      format: ` {bar} {percentage}%  {value}/{total} ${unitOf(progress.phase)}  {note}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: null,
      gracefulExit: false,
      stream: process.stderr,
    })
    this.bar.start(progress.total, progress.done, { note: '' })
  }

  private line(progress: Shown): void {
    const now = performance.now()
    const ends = progress.done === progress.total && progress.phase in UNITS
    if (!ends && now - this.lastLine < LINE_EVERY_MS) return
    this.lastLine = now
    const { done, total } = progress
    const share = total > 0 ? ` (${Math.floor((done / total) * 100)} %)` : ''
    process.stderr.write(`${done}/${total} ${unitOf(progress.phase)}${share}  ${this.note(progress)}\n`)
  }

  private note({ phase, done, total, rows }: Shown): string {
    const seconds = (performance.now() - this.start) / 1000
    const count = rows > 0 ? `${grouped(rows)} rows` : ''
    const written = rows - this.startRows
    // Days are measured by their rows: the later ones have more.
    const byRows = phase === 'days' && written > 0
    const rate = byRows ? written / seconds : (done - this.startDone) / seconds
    if (!(rate > 0) || !Number.isFinite(rate)) return count
    const speed = `${rate >= 100 ? grouped(Math.round(rate)) : rate.toFixed(1)}${byRows ? ' rows' : ''}/s`
    const left = Math.ceil((byRows ? this.rowsLeft(done, total) : total - done) / rate)
    return [count, speed, done < total ? `${left} s left` : ''].filter(Boolean).join(', ')
  }

  /** Rows that the days to come will have, if they are as long as the last few. */
  private rowsLeft(done: number, total: number): number {
    const [first, last] = [this.recent[0]!, this.recent.at(-1)!]
    const perDay =
      last.done > first.done
        ? (last.rows - first.rows) / (last.done - first.done)
        : (last.rows - this.startRows) / Math.max(1, done - this.startDone)
    return perDay * (total - done)
  }
}

function unitOf(phase: string): string {
  return UNITS[phase] ?? `of ${phase}`
}
