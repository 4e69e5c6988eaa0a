import { resolve } from 'node:path'
import type { FormatName } from '../files/formats.ts'
import { redactUrl } from '../secrets.ts'

/** The URL of files of a format in a folder, or in a bucket, for `openStore`. */
export function outputUrl(format: FormatName, where: string): string {
  return `${format}:${where}`
}

/** A folder as every process of this machine sees it; others as they are. */
export function absolutePlace(where: string): string {
  return /^(s3|postgres|postgresql):/i.test(where) ? where : resolve(where)
}

/** A folder, or what is like one, within another. */
export function placeWithin(where: string, name: string): string {
  if (!/^s3:/i.test(where)) return `${where}/${name}`
  const [path = '', ...query] = where.split('?')
  return `${path.replace(/\/+$/, '')}/${name}${query.length > 0 ? `?${query.join('?')}` : ''}`
}

/** As plans and queues may keep it; whoever connects brings the password (PGPASSWORD, ~/.pgpass, or --database-url). */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url)
    parsed.password = ''
    for (const name of [...parsed.searchParams.keys()]) {
      if (/pass|secret|token|key$/i.test(name) && name !== 'sslkey') parsed.searchParams.delete(name)
    }
    return parsed.href
  } catch {
    return redactUrl(url)
  }
}
