import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { badInput } from '../../sim/kernel/index.ts'
import type { ExperimentReport } from '../messages/index.ts'
import type { Experiments } from './api.ts'

/** Rows of a table that are sent to the page at most. */
const MOST_ROWS = 20_000

/**
 * Experiments in a folder: the folder itself when it is one, else those right below it.
 *
 * @throws MingleError BAD_INPUT when there is no such folder
 */
export function experimentsBelow(folder: string): Experiments {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw badInput(`there is no folder ${folder}; mingle sweep, sensitivity, tune and compare write one with --out`)
  }
  const root = realpathSync(folder)
  const isExperiment = (path: string) => existsSync(join(path, 'manifest.json'))
  const names = () =>
    isExperiment(root)
      ? [basename(root)]
      : readdirSync(root).filter((name) => !name.startsWith('.') && isExperiment(join(root, name)))
  const pathOf = (name: string) => (isExperiment(root) ? root : join(root, name))
  const manifest = (name: string) => JSON.parse(readFileSync(join(pathOf(name), 'manifest.json'), 'utf8'))
  return {
    folder,
    async list() {
      return names()
        .sort()
        .map((name) => {
          const { kind, command, finished } = manifest(name)
          return { name, kind: String(kind), title: String(command), finished: finished === true }
        })
    },
    async read(name) {
      // One of the list and nothing else, so that no name leads out of the folder.
      if (!names().includes(name)) throw badInput(`there is no experiment ${name} in ${folder}`)
      const path = pathOf(name)
      if (!realpathSync(path).startsWith(isExperiment(root) ? root : root + sep))
        throw badInput(`${name} lies elsewhere`)
      const result = join(path, 'result.json')
      const trials = join(path, 'trials.csv')
      const lines = existsSync(trials) ? readFileSync(trials, 'utf8').trimEnd().split('\n') : []
      return {
        name,
        manifest: manifest(name),
        result: existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : null,
        columns: lines.length > 0 ? cellsOf(lines[0]!) : [],
        rows: lines.slice(1, 1 + MOST_ROWS).map(cellsOf),
        left: Math.max(0, lines.length - 1 - MOST_ROWS),
      }
    },
  }
}

/** One experiment by its folder, for a report. @throws MingleError BAD_INPUT when the folder holds none */
export async function readExperiment(folder: string): Promise<ExperimentReport> {
  const experiments = experimentsBelow(folder)
  if (!existsSync(join(folder, 'manifest.json'))) {
    const inside = (await experiments.list()).map(({ name }) => join(folder, name))
    const hint =
      inside.length > 0
        ? `there are ${inside.join(', ')}`
        : 'mingle sweep, sensitivity, tune and compare write one with --out'
    throw badInput(`${folder} holds no experiment: it has no manifest.json; ${hint}`)
  }
  return (await experiments.read(basename(realpathSync(folder)))) as ExperimentReport
}

/** The cells of one line of CSV; line breaks inside a cell are none of ours. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
  }
  return cells
}
