import { accessSync, constants, existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderError, makeFolderIn } from '../../installation/index.ts'
import type { FormatName } from '../../persist/index.ts'
import { type AskedRun, planMarkets } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { Content } from './content.ts'
import { EXPORTS, type ExportName } from './dictionary.ts'
import { Interactions } from './interactions.ts'
import { liveThrough } from './live-through.ts'
import { CohortCounts, PeopleCounts } from './people-counts.ts'
import { TableFile } from './table-file.ts'

export interface ExportOptions {
  readonly tables: readonly ExportName[]
  readonly format: FormatName
  readonly folder: string
  /** Told after each day of each market. @param done 0–1 */
  readonly onProgress?: (done: number) => void
}

/** What was written: rows by file. */
export interface Exported {
  readonly folder: string
  readonly files: readonly { readonly file: string; readonly table: ExportName; readonly rows: number }[]
  readonly dictionary: string
}

/**
 * Lives through a run and writes tables for learning and analysis, with what the columns mean beside them (`dictionary.json`).
 * @throws MingleError BAD_INPUT when a file is there already; nothing is written
 */
export async function exportRun(run: AskedRun, options: ExportOptions): Promise<Exported> {
  const { tables, format, folder } = options
  const nameOf = (table: ExportName) => `${table}.${format}`
  const dictionary = 'dictionary.json'
  for (const name of [...tables.map(nameOf), dictionary]) {
    if (existsSync(join(folder, name))) {
      throw new MingleError(
        'BAD_INPUT',
        `${join(folder, name)} is there already; nothing was written. Remove it, or give another --out`,
      )
    }
  }
  makeFolderIn(folder)
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw folderError(error, folder, 'write to')
  }
  const files = new Map(
    tables.map((table) => [table, new TableFile(join(folder, nameOf(table)), table, EXPORTS[table].columns, format)]),
  )
  const plan = planMarkets(run.config)
  const cohorts = new CohortCounts(run.config.startDay)
  const [interactionFile, peopleFile, cohortFile, contentFile] = (
    ['interactions', 'people', 'cohorts', 'content'] as const
  ).map((name) => files.get(name))
  for (const [at, market] of plan.ids.entries()) {
    const counts = new PeopleCounts(run.config, plan, market)
    const interactions = interactionFile && new Interactions(run.config, interactionFile)
    const content = contentFile && new Content(run.config, plan, contentFile, market)
    const days = liveThrough(run, plan, market, interactions, (day, facts) => {
      counts.add(day, facts)
      if (content) content.add(day, facts)
      options.onProgress?.((at + (day + 1) / run.days) / plan.ids.length)
    })
    if (peopleFile) counts.tellPeople(peopleFile)
    if (cohortFile) counts.tellCohorts(cohorts, days)
  }
  if (cohortFile) cohorts.tell(cohortFile)
  for (const file of files.values()) await file.finish()
  writeDictionary(join(folder, dictionary), run, tables)
  const written = tables.map((table) => ({ file: nameOf(table), table, rows: files.get(table)!.rows }))
  return { folder, files: written, dictionary }
}

function writeDictionary(path: string, { config, days }: AskedRun, tables: readonly ExportName[]): void {
  const text = JSON.stringify(
    {
      run: {
        seed: config.seed,
        people: config.count,
        days,
        arms: (config.arms ?? []).map(({ name, share }) => ({ name, share })),
      },
      roles: {
        key: 'whose row it is',
        feature: 'what a site could know',
        truth: 'what only the simulation knows',
        label: 'what happened',
      },
      tables: Object.fromEntries(tables.map((table) => [table, EXPORTS[table]])),
    },
    null,
    2,
  )
  writeFileSync(`${path}.unfinished`, `${text}\n`)
  renameSync(`${path}.unfinished`, path)
}
