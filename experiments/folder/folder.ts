import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ENGINE_VERSION } from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { MEASURES, type Outcome, type Setting, type Trial } from '../studies/index.ts'
import { cellsOf, columnsOf, readRow, rowOf, trialKey } from './columns.ts'

/** What an experiment is, beside its results; nothing in it hangs on the clock. */
export interface Plan {
  readonly kind: string
  /** The command that makes it again. */
  readonly command: string
  readonly setting: Setting
  /** Parameters that vary, in the order of the columns. */
  readonly paths: readonly string[]
  /** Whatever else the kind of experiment has: seeds, axes, points. */
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * A folder with the results of an experiment: `manifest.json` says what it is, `trials.csv` has a row for every run in the
 * order in which they are planned, `result.json` what followed. Rows are appended as runs end, each only after all before
 * it, so that the file is at any moment the beginning of the whole one; what is there is not run again.
 */
export class ExperimentFolder {
  readonly path: string
  private readonly plan: Plan
  private readonly known: Map<string, Outcome>

  private constructor(path: string, plan: Plan, known: Map<string, Outcome>) {
    this.path = path
    this.plan = plan
    this.known = known
  }

  /**
   * Makes the folder, or goes on with it.
   *
   * @throws MingleError BAD_INPUT when something else lies there: other files, or an experiment whose runs differ
   */
  static open(path: string, plan: Plan): ExperimentFolder {
    const manifest = join(path, 'manifest.json')
    if (!existsSync(manifest)) {
      if (existsSync(path) && readdirSync(path).length > 0)
        throw badInput(`${path} holds other files and no experiment; name a new folder, or an empty one`)
      mkdirSync(path, { recursive: true })
      writeWhole(manifest, manifestText(plan, false))
      appendFileSync(join(path, 'trials.csv'), `${columnsOf(plan.paths).join(',')}\n`)
      return new ExperimentFolder(path, plan, new Map())
    }
    const differs = differenceOf(JSON.parse(readFileSync(manifest, 'utf8')), plan)
    if (differs) throw badInput(`${path} holds another experiment (${differs} differs); name another folder`)
    writeWhole(manifest, manifestText(plan, false))
    return new ExperimentFolder(path, plan, readTrials(join(path, 'trials.csv'), plan.paths))
  }

  /** Runs already there. */
  get size(): number {
    return this.known.size
  }

  outcome(trial: Trial): Outcome | undefined {
    return this.known.get(trialKey(trial, this.plan.paths))
  }

  add(trial: Trial, outcome: Outcome): void {
    this.known.set(trialKey(trial, this.plan.paths), outcome)
    appendFileSync(join(this.path, 'trials.csv'), rowOf(trial, outcome, this.plan.paths))
  }

  /** Writes what followed, and that all is there. */
  finish(result: unknown): void {
    writeWhole(join(this.path, 'result.json'), `${JSON.stringify(result, null, 1)}\n`)
    writeWhole(join(this.path, 'manifest.json'), manifestText(this.plan, true))
  }
}

function manifestText({ kind, command, setting, paths, details }: Plan, finished: boolean): string {
  const measures = MEASURES.map(({ key, name, unit, status, low, high }) => {
    return {
      key,
      name,
      unit,
      status,
      low: Number.isFinite(low) ? low : null,
      high: Number.isFinite(high) ? high : null,
    }
  })
  const all = { kind, format: 1, engine: ENGINE_VERSION, command, finished, paths, ...details, setting, measures }
  return `${JSON.stringify(all, null, 1)}\n`
}

/** What keeps a folder's runs from being this experiment's; undefined when nothing does. More seeds or points may follow. */
function differenceOf(there: Record<string, unknown>, plan: Plan): string | undefined {
  const here: Record<string, unknown> = JSON.parse(manifestText(plan, false))
  return ['kind', 'engine', 'paths', 'setting'].find(
    (name) => JSON.stringify(there[name]) !== JSON.stringify(here[name]),
  )
}

/** The runs of a file that may have been cut off anywhere: what follows the last whole line is removed. */
function readTrials(file: string, paths: readonly string[]): Map<string, Outcome> {
  const head = `${columnsOf(paths).join(',')}\n`
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (!text.startsWith(head)) {
    writeFileSync(file, head)
    return new Map()
  }
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)))
  const known = new Map<string, Outcome>()
  for (const [i, line] of text.slice(head.length, end).split('\n').slice(0, -1).entries()) {
    const row = readRow(cellsOf(line), paths)
    if (row === null) throw badInput(`${file} has no whole run in line ${i + 2}; remove the folder, or that line`)
    known.set(row.key, row.outcome)
  }
  return known
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
