import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { builtFile } from '../../installation/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { studioApi } from '../database/api.ts'
import type { Api, EventFeed } from './api.ts'
import { fileBelow, sendFile } from './files.ts'
import { type Refusal, refuseForeign, refuseWithoutToken } from './guard.ts'
import { HEADERS } from './headers.ts'

export interface StudioOptions {
  /** 0: any that is free. */
  readonly port: number
  readonly api?: Api
  /** View that is opened first, as the address has it (`view=runs`). */
  readonly link?: string
  /** Folder of the built page; default: that of the package. */
  readonly folder?: string
}

export interface Studio {
  /** The first address, token included. */
  readonly address: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

const PAGE = builtFile('studio', 'page')
/** Keeps a stream of events open through silence. */
const HEARTBEAT_MS = 15_000
/** Left to connections for taking their last bytes. */
const CLOSING_MS = 100

/**
 * Serves the studio's page on this machine alone (127.0.0.1).
 *
 * @throws MingleError BAD_INPUT when the port is taken; NOT_BUILT when the package holds no page
 */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const folder = options.folder ?? PAGE
  if (!existsSync(join(folder, 'index.html'))) {
    throw new MingleError('NOT_BUILT', `the studio’s page is not built: ${folder} has no index.html. Run npm run build`)
  }
  const token = randomBytes(24).toString('base64url')
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(request, response, {
      folder,
      token,
      port: portOf(server),
      api: options.api ?? studioApi({}),
      streams,
    }).catch((error: unknown) => refuse(response, { status: 400, message: String(error) }))
  })
  await listen(server, options.port)
  const port = portOf(server)
  return {
    address: `http://127.0.0.1:${port}/?token=${token}${options.link ? `#${options.link}` : ''}`,
    port,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Streams end in order; the connections behind them are then closed.
        for (const stream of streams) stream.end()
        setTimeout(() => server.closeAllConnections(), CLOSING_MS).unref()
        server.closeIdleConnections()
      }),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(badInput(`port ${port} is taken; give another by --port, or 0 for any that is free`))
      else if (error.code === 'EACCES')
        reject(badInput(`port ${port} may not be opened here; give one above 1023 by --port`))
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

interface Context {
  readonly folder: string
  readonly token: string
  readonly port: number
  readonly api: Api
  readonly streams: Set<ServerResponse>
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, token, port, api, streams }: Context,
): Promise<void> {
  const foreign = refuseForeign(request, port)
  if (foreign) return refuse(response, foreign)
  // Not by URL: it would tidy up `..` before anybody looked.
  const [path = '/', query = ''] = (request.url ?? '/').split('#')[0]!.split(/\?(.*)/s)
  if (path.startsWith('/api/')) {
    const locked = refuseWithoutToken(request, token)
    if (locked) return refuse(response, locked)
    return await answerApi(path.slice('/api/'.length), new URLSearchParams(query), request, response, api, streams)
  }
  const file = fileBelow(folder, path)
  if (file === null) return refuse(response, { status: 404, message: `There is no ${path.slice(0, 200)} here.` })
  sendFile(response, file, request.method === 'HEAD')
}

async function answerApi(
  name: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  { answers, feeds }: Api,
  streams: Set<ServerResponse>,
): Promise<void> {
  if (Object.hasOwn(feeds, name)) return stream(feeds[name]!, query, request, response, streams)
  if (!Object.hasOwn(answers, name))
    return refuse(response, { status: 404, message: `There is no /api/${name.slice(0, 100)}.` })
  try {
    const body = JSON.stringify(await answers[name]!(query))
    response.writeHead(200, {
      ...HEADERS,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  } catch (error) {
    if (!(error instanceof MingleError)) throw error
    refuse(response, { status: error.code === 'BAD_INPUT' ? 404 : 400, message: error.message })
  }
}

/** Server-sent events, until the page goes away. */
function stream(
  feed: EventFeed,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  streams: Set<ServerResponse>,
): void {
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Its end is the connection's: whoever closes the server waits for no connection that might be used again.
    connection: 'close',
  })
  const ended = new AbortController()
  streams.add(response)
  const heart = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
  request.on('close', () => {
    clearInterval(heart)
    streams.delete(response)
    ended.abort()
  })
  feed((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`), ended.signal, query)
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  if (response.headersSent) return void response.end()
  response.writeHead(status, {
    ...HEADERS,
    'content-type': 'application/json; charset=utf-8',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  })
  response.end(JSON.stringify({ error: message }))
}
