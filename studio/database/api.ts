import { badInput } from '../../sim/kernel/index.ts'
import type { Api } from '../server/api.ts'
import type { WatchLog } from '../watch/watched.ts'
import { type Ledger, openRun, runLines } from './source.ts'

/** What the studio looks at beside what it simulates itself. */
export interface Sources {
  readonly ledger?: Ledger
  readonly watched?: WatchLog
  /** Experiments by name: a folder's result files. */
  readonly experiments?: Experiments
}

export interface Experiments {
  readonly folder: string
  list(): Promise<
    readonly { readonly name: string; readonly kind: string; readonly title: string; readonly finished: boolean }[]
  >
  read(name: string): Promise<unknown>
}

/** Everything that the page may ask for. Reading alone: nothing here changes a database or a file. */
export function studioApi({ ledger, watched, experiments }: Sources): Api {
  return {
    answers: {
      about: () => ({
        database: ledger?.url ?? null,
        watching: watched !== undefined,
        experiments: experiments?.folder ?? null,
      }),
      ...(ledger && {
        runs: () => runLines(ledger),
        run: (query: URLSearchParams) => openRun(ledger, named(query, 'seed')),
      }),
      ...(experiments && {
        experiments: () => experiments.list(),
        experiment: (query: URLSearchParams) => experiments.read(named(query, 'name')),
      }),
    },
    feeds: {
      ...(watched && {
        watch: (send, signal) => {
          const stop = watched.follow((event, data) => send(event, data))
          signal.addEventListener('abort', () => stop())
        },
      }),
    },
  }
}

function named(query: URLSearchParams, name: string): string {
  const value = query.get(name)
  if (value === null || value === '') throw badInput(`the request names no ${name}`)
  return value
}
