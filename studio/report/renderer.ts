import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { builtFile } from '../../installation/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
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
