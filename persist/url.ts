import { badInput } from '../sim/kernel/index.ts'
import { s3Place, s3Url } from './objects/s3/place.ts'
import { redactUrl } from './secrets.ts'

export { redactUrl }

export type DatabaseUrl =
  /** A file, as the URL names it. */
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgresql' | 'mysql'; readonly url: string }
  | { readonly kind: 'memory' | 'none' }
  /** A folder of files of one format, or a bucket by its URL (`s3://…`). */
  | { readonly kind: 'ndjson' | 'csv' | 'parquet'; readonly path: string }

const FORMS =
  "file:./mingle.db, postgresql://user:password@host/database, mysql://user:password@host/database, ndjson:./folder, csv:./folder, parquet:./folder, parquet:s3://bucket/prefix, 'memory:' or 'none:'"

/** @throws MingleError BAD_INPUT when the URL is none that Mingle can write to */
export function parseDatabaseUrl(url: string): DatabaseUrl {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  switch (scheme) {
    case 'file':
      return { kind: 'sqlite', path: filePath(url) }
    case 'postgres':
    case 'postgresql':
      return { kind: 'postgresql', url: serverUrl(url) }
    case 'mysql':
    case 'mariadb':
      return { kind: 'mysql', url: serverUrl(url) }
    case 'memory':
    case 'none':
      if (url.length === scheme.length + 1) return { kind: scheme }
      throw badInput(`'${scheme}:' takes nothing after the colon, got '${redactUrl(url)}'`)
    case 'ndjson':
    case 'csv':
    case 'parquet':
      return { kind: scheme, path: /^\w+:s3:/i.test(url) ? bucketUrl(url.slice(scheme.length + 1)) : folderPath(url) }
    case 's3':
      return { kind: 'parquet', path: bucketUrl(url) }
    default:
      throw badInput(`cannot write to '${redactUrl(url)}': expected ${FORMS}`)
  }
}

function bucketUrl(url: string): string {
  return s3Url(s3Place(url))
}

function folderPath(url: string): string {
  const [scheme, ...rest] = url.split(':')
  if (rest.join(':').trim() === '') {
    throw badInput(`'${url}' names no folder: expected something like ${scheme}:./out`)
  }
  return filePath(url.replace(/(?<=[^:/])\/+$/, ''))
}

function filePath(url: string): string {
  const [rest = '', ...query] = url.slice(url.indexOf(':') + 1).split('?')
  const parameters = new URLSearchParams(query.join('?'))
  if (query.length > 0 && (query.length > 1 || !/^\w+=/.test(query[0]!))) {
    throw badInput(
      `'${redactUrl(url)}' has a ? in its file's name, where parameters begin (…?connection_limit=1); rename the file`,
    )
  }
  if (rest === ':memory:' || rest === '' || parameters.get('mode') === 'memory') {
    throw badInput(
      `'${redactUrl(url)}' is a database in memory, which nobody else could read and which ends with this command; name a file, or 'memory:' to look at a run alone`,
    )
  }
  if (parameters.get('mode') === 'ro' || parameters.has('immutable')) {
    throw badInput(
      `'${redactUrl(url)}' asks for reading alone; leave the parameter out: commands that only read write nothing`,
    )
  }
  const path = rest.startsWith('///') ? rest.slice(2) : rest
  if (path.length === 0 || path.startsWith('//') || path.endsWith('/')) {
    throw badInput(`'${redactUrl(url)}' names no file: expected something like file:./mingle.db or file:/tmp/mingle.db`)
  }
  return path
}

function serverUrl(url: string): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw badInput(`'${redactUrl(url)}' is no valid URL: expected postgresql://user:password@host:5432/database`)
  }
  // A password that ends in the middle: what follows would be taken for the host.
  if (parsed.pathname.includes('@') || /^[?#][^=&]*@/.test(parsed.search + parsed.hash)) {
    throw badInput(
      `'${redactUrl(url)}' has an @ behind its host: inside a password write @ as %40, / as %2F, ? as %3F and # as %23`,
    )
  }
  if (parsed.pathname.length < 2) {
    throw badInput(`'${redactUrl(url)}' names no database: put it behind the host, as in …@host:5432/mingle`)
  }
  return url
}
