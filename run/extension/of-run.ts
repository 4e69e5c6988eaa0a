import type { RunRecord } from '../../persist/index.ts'
import { ownTables } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { inputsOf, type SegmentInputs } from '../ledger.ts'
import { type LoadedExtension, loadExtension } from './load.ts'

/** What the first segment of a run keeps of its extension. */
export type RecordedExtension = NonNullable<SegmentInputs['extension']>

/**
 * @param written whether there are rows at all
 * @throws MingleError BAD_INPUT when its facts go to no table, or to one that cannot be
 */
export function recordedExtension({ file, extension }: LoadedExtension, written = true): RecordedExtension {
  return { name: extension.name, file, tables: written ? ownTables(extension.name, extension.facts ?? []) : [] }
}

/**
 * The extension that a run lives by: the one given, else the file that its ledger names.
 *
 * @param given null: it is to be lived without
 * @throws MingleError BAD_INPUT when the run has none and one is given, or has one and is to do without, when it is another, or when its
 * file is not there
 */
export async function extensionOf(
  run: RunRecord,
  given: LoadedExtension | null | undefined,
): Promise<LoadedExtension | undefined> {
  const recorded = inputsOf(run.segments[0]!).extension
  if (recorded === undefined) {
    if (!given) return undefined
    throw new MingleError(
      'BAD_INPUT',
      `run '${run.seed}' was made without an extension: its past has none of '${given.extension.name}'. Leave --extension ` +
        'out, or start a run with it',
    )
  }
  if (given === null) {
    throw new MingleError(
      'BAD_INPUT',
      `run '${run.seed}' lives by the extension '${recorded.name}', and its days cannot be lived without it; leave --extension off out`,
    )
  }
  const loaded =
    given ??
    (await loadExtension(recorded.file).catch((error: Error) => {
      throw new MingleError(
        'BAD_INPUT',
        `run '${run.seed}' lives by the extension '${recorded.name}': ${error.message}; --extension names its file`,
      )
    }))
  const is = recordedExtension({ ...loaded, file: recorded.file })
  if (JSON.stringify(is) === JSON.stringify(recorded)) return loaded
  throw new MingleError(
    'BAD_INPUT',
    `run '${run.seed}' lives by the extension '${recorded.name}', and ${loaded.file} is ` +
      `${is.name === recorded.name ? 'one of that name whose facts go elsewhere' : `'${is.name}'`}`,
  )
}
