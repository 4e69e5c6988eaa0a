import { SingleBar } from 'cli-progress'

const LINE_EVERY_MS = 2000

/** Shows on stderr how many runs are done, and what is left: a bar on a terminal, plain lines otherwise. */
export class RunsView {
  private readonly terminal = process.stderr.isTTY === true
  private readonly start = performance.now()
  private bar: SingleBar | undefined
  private lastLine = performance.now()
  private first: number | undefined

  readonly show = (done: number, total: number): void => {
    this.first ??= done
    const note = this.note(done, total)
    if (this.terminal) {
      this.bar ??= this.begin(total)
      this.bar.setTotal(total)
      this.bar.update(done, { note })
      return
    }
    const now = performance.now()
    if (now - this.lastLine < LINE_EVERY_MS) return
    this.lastLine = now
    process.stderr.write(`${done}/${total} runs  ${note}\n`)
  }

  say(text: string): void {
    this.stop()
    process.stderr.write(`${text}\n`)
  }

  stop(): void {
    this.bar?.stop()
    this.bar = undefined
  }

  private begin(total: number): SingleBar {
    const bar = new SingleBar({
      format: ' {bar} {percentage}%  {value}/{total} runs  {note}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: null,
      gracefulExit: false,
      stream: process.stderr,
    })
    bar.start(total, 0, { note: '' })
    return bar
  }

  private note(done: number, total: number): string {
    const rate = (done - (this.first ?? 0)) / ((performance.now() - this.start) / 1000)
    if (!(rate > 0)) return ''
    const left = Math.ceil((total - done) / rate)
    return `${rate.toFixed(1)}/s, ${left >= 120 ? `${Math.round(left / 60)} min` : `${left} s`} left`
  }
}
