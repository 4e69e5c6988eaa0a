import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with a request: an answer instead of the work, a reset amid the body, or the work done and no answer. */
export type Fault = 500 | 503 | 'reset' | 'silent'
export interface Seen {
  readonly method: string
  readonly key: string
  /** `PutObject`, `UploadPart`, `Complete`, … */
  readonly what: string
}

interface Stored {
  readonly bytes: Buffer
  readonly etag: string
  readonly meta: Record<string, string>
}

/** A page of uploads; a real store has a thousand. */
const UPLOADS_AT_ONCE = 2

/**
 * As much of an S3-compatible store as the client asks for, in memory: puts are atomic, parts are seen by nobody before they are
 * completed, conditions are kept. `fault` may spoil any request.
 */
export class S3Stub {
  readonly objects = new Map<string, Stored>()
  readonly uploads = new Map<string, { key: string; meta: Record<string, string>; parts: Map<number, Buffer> }>()
  readonly faults = new Map<string, number>()
  fault: (request: Seen) => Fault | undefined = () => undefined
  conditions = true
  readonly #server: Server
  #uploads = 0

  private constructor() {
    this.#server = createServer((request, response) => this.#serve(request, response))
  }

  static async start(): Promise<S3Stub> {
    const stub = new S3Stub()
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve))
    return stub
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url!, this.endpoint)
    const key = decodeURIComponent(url.pathname).split('/').slice(2).join('/')
    const what = whatOf(request.method!, key, url.searchParams)
    const fault = this.fault({ method: request.method!, key, what })
    if (fault !== undefined) this.faults.set(`${fault} ${what}`, (this.faults.get(`${fault} ${what}`) ?? 0) + 1)
    const pieces: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (piece) => {
      pieces.push(piece)
      if (fault === 'reset') request.socket.destroy()
    })
    request.on('end', () => {
      if (fault === 'reset') return request.socket.destroy()
      if (fault === 500) return answer(response, 500, error('InternalError'))
      if (fault === 503) return answer(response, 503, error('SlowDown'))
      const done = this.#carryOut(what, key, url.searchParams, request, Buffer.concat(pieces))
      if (fault === 'silent') return request.socket.destroy()
      answer(response, ...done)
    })
  }

  #carryOut(
    what: string,
    key: string,
    query: URLSearchParams,
    { headers }: IncomingMessage,
    body: Buffer,
  ): [number, (string | Buffer | undefined)?, Record<string, string>?] {
    const upload = this.uploads.get(query.get('uploadId') ?? '')
    const there = this.objects.get(key)
    switch (what) {
      case 'ListObjects':
        return [200, this.#listed(query.get('prefix') ?? '')]
      case 'ListUploads': {
        const after = query.get('upload-id-marker') ?? ''
        const all = [...this.uploads].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([id]) => id > after)
        const page = all.slice(0, UPLOADS_AT_ONCE)
        const each = page.map(([id, { key: of }]) => `<Upload><Key>${of}</Key><UploadId>${id}</UploadId></Upload>`)
        const [id, last] = page.at(-1) ?? []
        const more =
          all.length > page.length
            ? `<IsTruncated>true</IsTruncated><NextKeyMarker>${last!.key}</NextKeyMarker><NextUploadIdMarker>${id}</NextUploadIdMarker>`
            : '<IsTruncated>false</IsTruncated>'
        return [200, xml('ListMultipartUploadsResult', more + each.join(''))]
      }
      case 'GetObject':
      case 'HeadObject':
        if (!there) return [404, what === 'HeadObject' ? undefined : error('NoSuchKey')]
        return [200, what === 'HeadObject' ? undefined : there.bytes, { etag: there.etag, ...there.meta }]
      case 'PutObject': {
        const { 'if-none-match': none, 'if-match': match } = headers
        if (this.conditions && ((none === '*' && there) || (match && there?.etag !== match))) {
          return [412, error('PreconditionFailed')]
        }
        return [200, undefined, { etag: this.#put(key, body, metaOf(headers)) }]
      }
      case 'CreateUpload': {
        const id = `upload-${++this.#uploads}`
        this.uploads.set(id, { key, meta: metaOf(headers), parts: new Map() })
        return [200, xml('InitiateMultipartUploadResult', `<Key>${key}</Key><UploadId>${id}</UploadId>`)]
      }
      case 'UploadPart':
        if (!upload) return [404, error('NoSuchUpload')]
        upload.parts.set(Number(query.get('partNumber')), body)
        return [200, undefined, { etag: etagOf(body) }]
      case 'Complete': {
        if (!upload) return [404, error('NoSuchUpload')]
        const parts = [...upload.parts].sort((a, b) => a[0] - b[0]).map(([, bytes]) => bytes)
        const etag = this.#put(key, Buffer.concat(parts), upload.meta)
        this.uploads.delete(query.get('uploadId')!)
        return [200, xml('CompleteMultipartUploadResult', `<Key>${key}</Key><ETag>${etag}</ETag>`)]
      }
      case 'AbortUpload':
        this.uploads.delete(query.get('uploadId')!)
        return [204]
      case 'DeleteObject':
        this.objects.delete(key)
        return [204]
      default:
        return [501, error('NotImplemented')]
    }
  }

  #put(key: string, bytes: Buffer, meta: Record<string, string>): string {
    const etag = etagOf(bytes)
    this.objects.set(key, { bytes, etag, meta })
    return etag
  }

  #listed(prefix: string): string {
    const keys = [...this.objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
    const contents = keys.map(
      ([key, { bytes }]) => `<Contents><Key>${key}</Key><Size>${bytes.length}</Size></Contents>`,
    )
    return xml('ListBucketResult', `<IsTruncated>false</IsTruncated>${contents.join('')}`)
  }
}

function whatOf(method: string, key: string, query: URLSearchParams): string {
  if (key === '') return query.has('uploads') ? 'ListUploads' : 'ListObjects'
  if (method === 'POST') return query.has('uploads') ? 'CreateUpload' : 'Complete'
  if (method === 'PUT') return query.has('partNumber') ? 'UploadPart' : 'PutObject'
  if (method === 'DELETE') return query.has('uploadId') ? 'AbortUpload' : 'DeleteObject'
  return method === 'HEAD' ? 'HeadObject' : 'GetObject'
}

function metaOf(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))) as Record<
    string,
    string
  >
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}

function xml(name: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${name}>${inner}</${name}>`
}

function error(code: string): string {
  return xml('Error', `<Code>${code}</Code><Message>${code}</Message>`)
}

function answer(
  response: ServerResponse,
  status: number,
  body?: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...(typeof body === 'string' && { 'content-type': 'application/xml' }), ...headers })
  response.end(body)
}
