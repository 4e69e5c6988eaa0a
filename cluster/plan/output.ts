import {
  absolutePlace,
  isPostgres,
  openStore,
  outputUrl,
  parseDatabaseUrl,
  type RunStore,
  type StoreOptions,
  withoutPassword,
} from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Output } from './plan.ts'

/** Where the rows of a plan can go. @throws MingleError BAD_INPUT for a database that takes no part in it */
export function outputOf(databaseUrl: string): Output {
  const url = parseDatabaseUrl(databaseUrl)
  if (url.kind === 'parquet' || url.kind === 'ndjson' || url.kind === 'csv') {
    return { kind: 'files', format: url.kind, where: absolutePlace(url.path) }
  }
  if (url.kind === 'postgresql') return { kind: 'database', where: withoutPassword(url.url) }
  throw badInput(
    `tasks on several machines write files or into PostgreSQL, not to '${url.kind}:'; name a folder that all of them see, such as --database-url parquet:./out, a bucket (parquet:s3://bucket/prefix), or postgresql://host/database`,
  )
}

/** The output's URL for `openStore`. @param where as this machine reaches it */
export function urlOf(output: Output, where: string = output.where): string {
  return output.kind === 'files' ? outputUrl(output.format, where) : where
}

/** The store of an output. */
export function storeOf(output: Output, where?: string, options: StoreOptions = {}): Promise<RunStore> {
  return openStore(urlOf(output, where), options)
}

/**
 * Where an output lies as this machine reaches it: the same folder may be mounted elsewhere, and a database wants its password,
 * which no plan keeps.
 *
 * @param given a database URL
 * @throws MingleError BAD_INPUT when it is another kind of output
 */
export function reached(output: Output, given: string): string {
  const here = outputOf(given)
  if (here.kind === 'files' && output.kind === 'files' && here.format === output.format) return here.where
  if (here.kind === 'database' && output.kind === 'database') return given
  const what = output.kind === 'files' ? `${output.format} files` : 'into PostgreSQL'
  throw badInput(
    `the plan writes ${what}, got --database-url ${withoutPassword(given)}; name the same place as this machine reaches it, such as ${output.kind === 'files' ? `${output.format}:./folder` : 'postgresql://user:password@host/database'}`,
  )
}

/** Whether two URLs are of one database, whoever connects; one that is no URL is of none. */
export function isSameDatabase(a: string, b: string): boolean {
  const place = (url: string) => {
    const { hostname, port, pathname, searchParams } = new URL(url)
    return [hostname, port || '5432', pathname, searchParams.get('schema') ?? 'public', searchParams.get('host')].join(
      ' ',
    )
  }
  return [a, b].every((url) => isPostgres(url) && URL.canParse(url)) && place(a) === place(b)
}

/**
 * A place that a plan, a pointer or a queue names, as this machine reaches it.
 *
 * @param database with the password, which none of them keeps; a place in another is reached as it is named
 */
export function placeHere(place: string, database: string): string {
  if (!isSameDatabase(place, database)) return place
  const [, ...fragment] = place.split('#')
  return fragment.length > 0 ? `${database}#${fragment.join('#')}` : database
}
