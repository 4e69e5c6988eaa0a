import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is refused. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405
  readonly message: string
}

/** Names by which a browser on this machine may call the server. A foreign name that resolves here is not among them. */
const NAMES = ['127.0.0.1', 'localhost']

/**
 * Refuses what did not come from the studio's own page: another Host (DNS rebinding), another Origin, another site's
 * fetch, and every method that could write.
 */
export function refuseForeign(request: IncomingMessage, port: number): Refusal | null {
  const own = NAMES.map((name) => `${name}:${port}`)
  const { host, origin } = request.headers
  if (host === undefined || !own.includes(host.toLowerCase())) {
    return {
      status: 403,
      message: `This server answers to ${own.join(' and ')} alone, not to Host ${host ?? '(none)'}.`,
    }
  }
  if (origin !== undefined && !own.some((one) => origin === `http://${one}`)) {
    return { status: 403, message: `Pages of ${origin} may not read this server.` }
  }
  const site = request.headers['sec-fetch-site']
  if (
    site !== undefined &&
    site !== 'same-origin' &&
    site !== 'none' &&
    request.headers['sec-fetch-mode'] !== 'navigate'
  ) {
    return { status: 403, message: 'Another site asked for this; only the studio’s own page may.' }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, message: `The studio writes nothing, so it takes no ${request.method}; GET alone.` }
  }
  return null
}

/** Whatever reads a database or a folder needs the token of the address that the command printed. */
export function refuseWithoutToken(request: IncomingMessage, token: string): Refusal | null {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  if (a.length === b.length && timingSafeEqual(a, b)) return null
  return {
    status: 401,
    message: 'The token is missing or not this server’s: open the address that the command printed.',
  }
}
