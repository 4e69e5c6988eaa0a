import type { RunOptions, RunResult } from '../run/index.ts'
import { ENGINE_VERSION, type RunConfig, startDate } from '../sim/index.ts'

/** A run that is shown while it is written, in a page and on the terminal. */
export interface Watching {
  /** What the drive is told to tell. */
  readonly options: Pick<RunOptions, 'onDay' | 'onWarning' | 'onProgress' | 'onBegin'>
  /** The run has ended: the page is told, and closed. What fails afterwards is not told it again. */
  end(result: RunResult | Error): Promise<void>
}

/**
 * Starts the page and the terminal's view.
 *
 * @param database without its password
 * @param given the command line's arguments; a URL among them is left out of what the page shows
 */
export async function watchRun(database: string, given: readonly string[]): Promise<Watching> {
  const command = ['mingle', ...withoutUrl(given)].join(' ')
  const { startStudio, studioApi, TerminalView, WatchLog } = await import('../studio/index.ts')
  const log = new WatchLog()
  const studio = await startStudio({ port: 0, api: studioApi({ watched: log }), link: 'view=runs' })
  process.stderr.write(`Watch it at ${studio.address}\n`)
  const view = new TerminalView(log)
  let isOpen = true
  return {
    options: {
      onBegin: (config: RunConfig, before: number, days: number) =>
        log.begin({
          seed: config.seed,
          people: config.count,
          days,
          before,
          startDate: startDate(config),
          engineVersion: ENGINE_VERSION,
          database,
          command,
        }),
      onDay: ({ day, rows, tally }) => log.day(day, rows, tally),
      onWarning: (line) => log.warn(line),
      onProgress: ({ phase, done, total }) => {
        if (phase !== 'days') log.progress(phase, done, total)
      },
    },
    async end(result) {
      if (!isOpen) return
      isOpen = false
      if (result instanceof Error) log.finish({ status: 'failed', digest: null, message: result.message })
      else log.finish({ status: result.status, digest: result.digest, message: null })
      view.stop()
      await log.heard()
      await studio.close()
    },
  }
}

/** A database's URL may hold a password, and the page says which database it is anyway. */
function withoutUrl(given: readonly string[]): string[] {
  return given.filter(
    (argument, i) =>
      !/^--(database-url|databaseUrl|watch)/.test(argument) &&
      !/^--(database-url|databaseUrl)$/.test(given[i - 1] ?? ''),
  )
}
