import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtFile } from '../../installation/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { ExperimentReport, RunReport } from '../messages/index.ts'

/** The page's own charts, built to be drawn without a browser. */
interface Renderer {
  renderRun(report: RunReport): string
  renderExperiment(report: ExperimentReport): string
}

const BUILT = builtFile('studio', 'rendering', 'render.js')

export async function renderer(file = BUILT): Promise<Renderer> {
  if (!existsSync(file))
    throw new MingleError('NOT_BUILT', `the report’s charts are not built: there is no ${file}. Run npm run build`)
  return (await import(pathToFileURL(file).href)) as Renderer
}

/** @throws MingleError BAD_INPUT when the file cannot lie there, before anything is computed */
export function checkOutput(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder))
    throw badInput(`there is no folder ${folder} for the report; make it first, or name another by --output`)
  if (existsSync(file) && statSync(file).isDirectory())
    throw badInput(`${file} is a folder; name a file such as report.html by --output`)
}

/** Whole or not at all. */
export function writeReport(file: string, html: string): void {
  writeFileSync(`${file}.new`, html)
  renameSync(`${file}.new`, file)
}
