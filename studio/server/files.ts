import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { HEADERS } from './headers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * The file that an address means, or null: nothing outside the folder, whatever the address is made of, and no kind of
 * file that the page has none of.
 */
export function fileBelow(folder: string, path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const names = decoded.split('/').filter((name) => name !== '')
  if (names.some((name) => name.startsWith('.'))) return null
  const root = realpathSync(folder)
  const file = join(root, ...(names.length === 0 ? ['index.html'] : names))
  if (!(extname(file) in TYPES) || !existsSync(file) || !statSync(file).isFile()) return null
  // A link that leads out of the folder is no file of it.
  const real = realpathSync(file)
  return real.startsWith(root + sep) ? real : null
}

export function sendFile(response: ServerResponse, file: string, head: boolean): void {
  const named = /-[\w-]{8}\.\w+$/.test(file)
  response.writeHead(200, {
    ...HEADERS,
    'content-type': TYPES[extname(file)]!,
    'content-length': statSync(file).size,
    // Names of built files change with their content.
    'cache-control': named ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  if (head) response.end()
  else createReadStream(file).pipe(response)
}
