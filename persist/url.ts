import { badInput } from '../sim/kernel/index.ts'

export type DatabaseUrl =
  /** A file, as the URL names it. */
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgresql' | 'mysql'; readonly url: string }
  | { readonly kind: 'memory' | 'none' }
  /** A folder of files of one format. */
  | { readonly kind: 'ndjson' | 'csv' | 'parquet'; readonly path: string }

const FORMS =
  "file:./mingle.db, postgresql://user:password@host/database, mysql://user:password@host/database, ndjson:./folder, csv:./folder, parquet:./folder, 'memory:' or 'none:'"

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
      return { kind: scheme, path: filePath(url) }
    default:
      throw badInput(`cannot write to '${redactUrl(url)}': expected ${FORMS}`)
  }
}

function filePath(url: string): string {
  const rest = url.slice(url.indexOf(':') + 1).replace(/\?.*$/s, '')
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
  if (parsed.pathname.length < 2) {
    throw badInput(`'${redactUrl(url)}' names no database: put it behind the host, as in …@host:5432/mingle`)
  }
  return url
}

/** The URL with its password, and any secret among its parameters, as `***`. Works on invalid URLs too. */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@]*?:)([^/?#]*|.*)(@[^@]*)$/is, '$1***$3')
    .replace(/([?&][^=&]*(?:password|secret|token|key)[^=&]*=)[^&]*/gi, '$1***')
}
