import type { RunRecord, RunStore } from '../persist/index.ts'
import type { AskedRun } from '../sim/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { extensionOf, type LoadedExtension } from './extension/index.ts'
import { checkEngine, configOf } from './ledger.ts'

/**
 * A run of a database as those ask about it who want to know why: its configuration as recorded, and the days that are
 * committed, with its extension.
 *
 * @throws MingleError ENGINE_DIFFERS when this engine would simulate the run differently
 */
export async function askedRunOf(run: RunRecord, given?: LoadedExtension | null): Promise<AskedRun> {
  checkEngine(run)
  const loaded = await extensionOf(run, given)
  return { config: configOf(run), days: run.lastDay + 1, ...(loaded && { extension: loaded.extension }) }
}

/**
 * The number of the person whose row this is.
 * @throws MingleError BAD_INPUT when the row is none of the run's
 */
export async function personOfRow(store: RunStore, run: RunRecord, userId: number): Promise<number> {
  const { people, id, segments } = run
  const starting = segments[0]!.people
  // People who were there at the start have ascending ids; who came later is looked through.
  let low = 1
  let high = Math.min(starting, people)
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = await store.userId(id, middle)
    if (found === userId) return middle
    if (found < userId) low = middle + 1
    else high = middle - 1
  }
  for (let k = starting + 1; k <= people; k++) if ((await store.userId(id, k)) === userId) return k
  throw new MingleError('BAD_INPUT', `the user with the id ${userId} is none of run '${run.seed}'`)
}
