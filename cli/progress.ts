import { SingleBar } from 'cli-progress'
import type { Progress } from '../run/index.ts'
import { grouped } from './table.ts'

const UNITS: Readonly<Record<string, string>> = { profiles: 'people', replay: 'days replayed', days: 'days' }

/** A phase of a run, or a job by its name, which counts in units of its own. */
type Shown = Omit<Progress, 'phase'> & { readonly phase: string }
const LINE_EVERY_MS = 2000

/** Shows where a run is, on stderr: a bar with rate and remaining time on a terminal, plain lines otherwise. */
export class ProgressView {
  private readonly terminal = process.stderr.isTTY === true
  private bar: SingleBar | undefined
  private phase: string | undefined
  private start = 0
  private startDone = 0
  private lastLine = 0

  readonly show = (progress: Shown): void => {
    if (progress.phase !== this.phase) this.begin(progress)
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
    process.stderr.write(`${progress.done}/${progress.total} ${unitOf(progress.phase)}  ${this.note(progress)}\n`)
  }

  private note({ done, total, rows }: Shown): string {
    const seconds = (performance.now() - this.start) / 1000
    const rate = (done - this.startDone) / seconds
    const count = rows > 0 ? `${grouped(rows)} rows` : ''
    if (!(rate > 0) || !Number.isFinite(rate)) return count
    const speed = `${rate >= 100 ? grouped(Math.round(rate)) : rate.toFixed(1)}/s`
    return [count, speed, done < total ? `${Math.ceil((total - done) / rate)} s left` : ''].filter(Boolean).join(', ')
  }
}

function unitOf(phase: string): string {
  return UNITS[phase] ?? `of ${phase}`
}
