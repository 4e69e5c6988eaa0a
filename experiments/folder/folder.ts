import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, whyRefused, writeWhole } from '../../installation/index.ts'
import { ENGINE_VERSION } from '../../sim/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { MEASURES, type Outcome, type Setting, type Trial } from '../studies/index.ts'
import { cellsOf, columnsOf, readRow, rowOf, trialKey } from './columns.ts'
import { type Piece, pieceLine, readPieces } from './pieces.ts'

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

const PIECES = 'pieces.ndjson'

/**
 * A folder with the results of an experiment: `manifest.json` says what it is, `trials.csv` has a row for every run in the
 * order in which they are planned, `pieces.ndjson` a line for every fork or test, `result.json` what followed. Rows are
 * appended as runs end, each only after all before it, so that a file is at any moment the beginning of the whole one; what
 * is there is not run again.
 */
export class ExperimentFolder {
  readonly path: string
  private readonly plan: Plan
  private readonly known: Map<string, Outcome>
  private readonly pieces: Map<string, Piece>

  private constructor(path: string, plan: Plan, known: Map<string, Outcome>, pieces: Map<string, Piece>) {
    this.path = path
    this.plan = plan
    this.known = known
    this.pieces = pieces
  }

  /**
   * Makes the folder, or goes on with it.
   *
   * @throws MingleError BAD_INPUT when something else lies there: other files, or an experiment whose runs differ; or when
   * nothing can be written
   */
  static open(path: string, plan: Plan): ExperimentFolder {
    try {
      return ExperimentFolder.openOrThrow(path, plan)
    } catch (error) {
      throw error instanceof MingleError ? error : notWritable(path, error)
    }
  }

  private static openOrThrow(path: string, plan: Plan): ExperimentFolder {
    const manifest = join(path, 'manifest.json')
    if (!existsSync(manifest)) {
      if (existsSync(path) && !statSync(path).isDirectory())
        throw badInput(`${path} is a file, and the runs of an experiment go to a folder; name another`)
      if (existsSync(path) && readdirSync(path).length > 0)
        throw badInput(`${path} holds other files and no experiment; name a new folder, or an empty one`)
      makeFolder(path)
      writeWhole(manifest, manifestText(plan, false))
      appendFileSync(join(path, 'trials.csv'), `${columnsOf(plan.paths).join(',')}\n`)
      return new ExperimentFolder(path, plan, new Map(), new Map())
    }
    const differs = differenceOf(readManifest(manifest), plan)
    if (differs) throw badInput(`${path} holds another experiment: ${differs}; name another folder`)
    writeWhole(manifest, manifestText(plan, false))
    const known = readTrials(join(path, 'trials.csv'), plan.paths)
    return new ExperimentFolder(path, plan, known, readPieces(join(path, PIECES)))
  }

  /** Runs already there. */
  get size(): number {
    return this.known.size + this.pieces.size
  }

  piece(key: string): Piece | undefined {
    return this.pieces.get(key)
  }

  addPiece(key: string, piece: Piece): void {
    this.pieces.set(key, piece)
    appendFileSync(join(this.path, PIECES), pieceLine(key, piece))
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
  const differs = ['kind', 'engine', 'paths', 'setting'].find(
    (name) => JSON.stringify(there[name]) !== JSON.stringify(here[name]),
  )
  if (differs === undefined) return undefined
  if (differs === 'kind') return `a ${String(there.kind)}, and this is a ${plan.kind}`
  if (differs === 'engine') return `it was made by engine ${String(there.engine)}, and this is engine ${ENGINE_VERSION}`
  if (differs === 'paths') return 'it varies other parameters'
  return 'its people, days or parameters differ'
}

function readManifest(file: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof found === 'object' && found !== null) return found as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw badInput(`${file} is no manifest of an experiment; name another folder, or remove this one`)
}

/** What the file system has against a folder. */
function notWritable(path: string, error: unknown): MingleError {
  const why = whyRefused(error) ?? (error instanceof Error ? error.message : String(error))
  return badInput(`the folder ${path} cannot be used: ${why}; name another with --out`)
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
