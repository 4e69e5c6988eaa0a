import { checkFolder } from '../installation/index.ts'
import type { JobsRequest, JobsResult } from '../jobs/index.ts'
import type { Plan, RunStore } from '../persist/index.ts'
import { DEFAULT_URL, databaseWords, optionWords, seedWords } from '../run/advice/index.ts'
import type { LoadedExtension, Progress, RunOptions, RunResult } from '../run/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { withAdvice } from './failure.ts'
import { Interrupt } from './interrupt.ts'
import { type MappedDatabase, mappedDatabase, withoutDatabase } from './mapping.ts'
import type { Drive } from './options/flags.ts'
import type { ProgressView } from './reports/progress.ts'
import { snapshotFolderOf } from './snapshots.ts'
import type { Watching } from './watching.ts'

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
  carryOut: (store: RunStore, options: RunOptions, database: MappedDatabase) => Promise<RunResult>,
): Promise<number> {
  if (!create && drive.writer === 'none') {
    throw new MingleError('BAD_INPUT', '--writer none keeps no run, and this command goes on with one; leave it out')
  }
  const { ProgressView } = await import('./reports/progress.ts')
  const { printJson, printReport } = await import('./reports/report.ts')
  const { redactUrl } = await import('../persist/index.ts')
  const {
    url,
    mapping,
    hooks,
    extension: usual,
  }: MappedDatabase = drive.writer === 'none'
    ? await withoutDatabase(given, drive.config)
    : await mappedDatabase(given, drive.config)
  checkSnapshots(url, drive)
  if (drive.jobs && hooks) (await import('../jobs/index.ts')).checkedHooks(hooks)
  const extension = await chosenExtension(drive.extension ?? (create ? usual : undefined))
  const store = await open(url, mapping, drive, create)
  const snapshotFolder = store.writer === 'none' ? undefined : snapshotFolderOf(url, drive.snapshotDir)
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping after the current commit; Ctrl-C again ends at once.'))
  const isNowhere = drive.writer === 'none'
  const place = isNowhere ? ` --writer none${configWords(drive.config)}` : placeWords(redactUrl(url), drive.config)
  const where = place + extensionWords(drive.extension)
  // Told once something is written: a run that was refused has nothing to repeat.
  let untold = repeat
  let watching: Watching | undefined
  const show = (progress: Progress): void => {
    if (untold !== undefined) view.say(`The run seed was drawn. The same run again: ${untold}${where}`)
    untold = undefined
    if (watching) watching.options.onProgress?.(progress)
    else view.show(progress)
  }
  try {
    if (drive.watch) watching = await (await import('./watching.ts')).watchRun(store.url, process.argv.slice(2))
    const driving: RunOptions = {
      ...(drive.workers !== undefined && { workers: drive.workers }),
      ...(snapshotFolder !== undefined && { snapshotFolder }),
      ...(extension !== undefined && { extension }),
      signal: interrupt.signal,
      ...watching?.options,
      onWarning: (line) => (watching ? watching.options.onWarning?.(line) : view.say(line)),
      onProgress: show,
    }
    const result = await carryOut(store, driving, { url, ...(mapping && { mapping }), ...(hooks && { hooks }) })
    await watching?.end(result)
    const jobs =
      drive.jobs && result.status === 'finished'
        ? await derive(url, { mapping, hooks }, drive, view, interrupt)
        : undefined
    view.stop()
    const nothing = result.status === 'stopped' && result.run.lastDay < 0 && result.run.profilesThrough === 0
    if (drive.json) printJson(result, jobs)
    else if (!nothing) printReport(result, store.url, jobs)
    if (jobs?.status === 'stopped') {
      process.stderr.write(`Stopped. The run is complete; to go on with the derived tables: mingle jobs${place}\n`)
      return 130
    }
    if (result.status === 'finished') {
      if (!drive.json && !isNowhere) console.log(lookWords(redactUrl(url), drive.config))
      return 0
    }
    process.stderr.write(
      isNowhere
        ? 'Stopped. Nothing was written, so there is nothing to go on from.\n'
        : `Stopped. To go on: mingle resume ${seedWords(result.run.seed)}${where}\n`,
    )
    return 130
  } catch (error) {
    await watching?.end(error as Error)
    const { CutOff } = await import('../run/index.ts')
    if (!(error instanceof CutOff) || isNowhere) throw error
    throw withAdvice(error, `; what was written stays. To go on: mingle resume ${seedWords(error.seed)}${where}`)
  } finally {
    view.stop()
    interrupt.release()
    await store.close()
  }
}

/** Computes the derived tables, where there are any. */
export async function derive(
  url: string,
  how: Pick<JobsRequest, 'mapping' | 'hooks'>,
  drive: Drive,
  view: ProgressView,
  { signal }: Interrupt,
): Promise<JobsResult | undefined> {
  if (drive.writer === 'none' || !hasDerived(url)) return undefined
  const { runJobs } = await import('../jobs/index.ts')
  const { isCutOff } = await import('../run/index.ts')
  const { redactUrl } = await import('../persist/index.ts')
  return runJobs(url, { ...how, signal, onProgress: view.step }).catch((error) => {
    if (!isCutOff(error) && (error as MingleError).code !== 'JOB_FAILED') throw error
    const place = placeWords(redactUrl(url), drive.config)
    throw withAdvice(error, `; the run is complete. To go on with the derived tables: mingle jobs${place}`)
  })
}

/** Whether there are derived tables: in a database, not in files. */
export function hasDerived(url: string): boolean {
  return /^(file|postgres|postgresql|mysql|mariadb):/i.test(url)
}

/** How to look at what was written, as whoever called can type it: npm's scripts need no `mingle` on the path. */
function lookWords(url: string, config: string | undefined): string {
  const start = process.env.npm_lifecycle_event === 'start' ? 'npm run studio --' : 'mingle studio'
  return `\nLook at it: ${start} ${(databaseWords(url) || `--database-url ${DEFAULT_URL}`).trim()}${configWords(config)}`
}

/** Metrics only (`--writer none`): whatever the URL, nothing is opened. */
async function open(url: string, mapping: Plan | undefined, drive: Drive, create: boolean): Promise<RunStore> {
  const { openStore, refuseProduction } = await import('../persist/index.ts')
  const { writer, batchSize, pauseMs } = drive
  if (writer !== 'prisma' && !/^(mysql|mariadb):/i.test(url) && (batchSize ?? pauseMs) !== undefined) {
    const given = batchSize !== undefined ? '--batch-size' : '--pause-ms'
    throw new MingleError('BAD_INPUT', `${given} is for --writer prisma alone; leave it out, or add --writer prisma`)
  }
  if (drive.writer === 'none') return openStore('none:')
  refuseProduction(url, drive.allowProduction)
  return openStore(url, {
    create,
    allowProduction: drive.allowProduction,
    intoExisting: drive.intoExisting,
    partition: drive.partition,
    ...(mapping && { mapping }),
    ...(writer !== undefined && { writer }),
    ...(batchSize !== undefined && { batchSize }),
    ...(pauseMs !== undefined && { pauseMs }),
  })
}

/** @throws MingleError BAD_INPUT when a folder was asked for that cannot be, or that nothing would ever be put in */
function checkSnapshots(url: string, { snapshotDir, writer }: Drive): void {
  if (snapshotDir === undefined || snapshotDir === 'off') return
  if (writer === 'none' || /^(none|memory):$/i.test(url)) {
    const what = writer === 'none' ? '--writer none' : url
    throw new MingleError('BAD_INPUT', `${what} keeps no run to go on with: leave --snapshot-dir out`)
  }
  checkFolder(snapshotDir, '--snapshot-dir', 'name another folder, or off')
}

/** @param file `off`: none, whatever the configuration or a ledger says  @returns null for that */
export async function chosenExtension(file: string | undefined): Promise<LoadedExtension | null | undefined> {
  if (file === 'off') return null
  return file === undefined ? undefined : (await import('../run/index.ts')).loadExtension(file)
}

/** The database, and the mapping when it was named: another would not fit the rows that are there. @param redacted as `databaseWords` */
export function placeWords(redacted: string, config: string | undefined): string {
  return databaseWords(redacted) + configWords(config)
}

function configWords(config: string | undefined): string {
  return config === undefined ? '' : ` ${optionWords('--config', config)}`
}

function extensionWords(extension: string | undefined): string {
  return extension === undefined ? '' : ` ${optionWords('--extension', extension)}`
}
