import type { Plan, RunStore } from '../persist/index.ts'
import type { Progress, RunOptions, RunResult } from '../run/index.ts'
import { DEFAULT_URL, type Drive } from './flags.ts'
import { Interrupt } from './interrupt.ts'
import { type MappedDatabase, mappedDatabase } from './mapping.ts'
import { refuseProduction } from './production.ts'
import { quoted } from './repeat.ts'

/**
 * Opens the database, carries out a drive with progress and Ctrl-C, and reports how it ended.
 *
 * @param repeat the command that makes the run again, when its seed was drawn and not given
 * @param create whether the database may be a new one
 * @returns exit code 0, or 130 when it was interrupted
 */
export async function withStore(
  given: string,
  drive: Drive,
  repeat: string | undefined,
  create: boolean,
  carryOut: (store: RunStore, options: RunOptions) => Promise<RunResult>,
): Promise<number> {
  const { ProgressView } = await import('./progress.ts')
  const { printJson, printReport } = await import('./report.ts')
  const { url, mapping }: MappedDatabase =
    drive.writer === 'none' ? { url: given } : await mappedDatabase(given, drive.config)
  const store = await open(url, mapping, drive, create)
  const snapshotFolder = snapshotFolderOf(url, drive)
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping after the current commit; Ctrl-C again ends at once.'))
  const where = url === DEFAULT_URL ? '' : ` --database-url ${shown(url, store.url)}`
  // Told once something is written: a run that was refused has nothing to repeat.
  let untold = repeat
  const show = (progress: Progress): void => {
    if (untold !== undefined) view.say(`The run seed was drawn. The same run again: ${untold}${where}`)
    untold = undefined
    view.show(progress)
  }
  try {
    const result = await carryOut(store, {
      ...(drive.workers !== undefined && { workers: drive.workers }),
      ...(snapshotFolder !== undefined && { snapshotFolder }),
      signal: interrupt.signal,
      onWarning: (line) => view.say(line),
      onProgress: show,
    })
    view.stop()
    if (drive.json) printJson(result)
    else printReport(result, store.url)
    if (result.status === 'finished') return 0
    process.stderr.write(`Stopped. To go on: mingle resume --run-seed ${quoted(result.run.seed)}${where}\n`)
    return 130
  } finally {
    view.stop()
    interrupt.release()
    await store.close()
  }
}

/** Metrics only (`--writer none`): whatever the URL, nothing is opened. */
async function open(url: string, mapping: Plan | undefined, drive: Drive, create: boolean): Promise<RunStore> {
  const { openStore } = await import('../persist/index.ts')
  if (drive.writer === 'none') return openStore('none:')
  refuseProduction(url, drive.allowProduction)
  const { writer, batchSize, pauseMs } = drive
  return openStore(url, {
    create,
    intoExisting: drive.intoExisting,
    ...(mapping && { mapping }),
    ...(writer !== undefined && { writer }),
    ...(batchSize !== undefined && { batchSize }),
    ...(pauseMs !== undefined && { pauseMs }),
  })
}

/** Beside an SQLite file unless another folder, or none, was asked for. */
function snapshotFolderOf(url: string, { snapshotDir, writer }: Drive): string | undefined {
  if (snapshotDir !== undefined) return snapshotDir === 'off' ? undefined : snapshotDir
  const file = /^file:(?:\/\/)?([^?]+)/.exec(url)?.[1]
  return file === undefined || writer !== undefined ? undefined : `${file}-snapshots`
}

/** The URL as it can be pasted: a password is never printed. */
function shown(url: string, redacted: string): string {
  return redacted.includes('***') ? '"$DATABASE_URL"' : quoted(url)
}
