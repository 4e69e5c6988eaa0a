import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { MingleError } from '../../../sim/kernel/index.ts'
import { PATIENCE_MS } from '../../patience.ts'
import type { Listed, ObjectStore } from '../object-store.ts'
import { explained, isMissing, isPassing, isUnknownRequest, statusOf } from './failure.ts'
import { type S3Place, s3Place, s3Url } from './place.ts'

/** Larger objects go in parts of this size; the store's least is 5 MiB. */
const PART_BYTES = 8 * 1024 * 1024
/** Of one request, the client's own; around them are ours. */
const ATTEMPTS = 5
const WAITS_MS = [300, 1000, 3000, 8000]
/** A connection that is cut says nothing. */
const SILENCE_MS = 60_000

/**
 * A bucket of an S3-compatible store. A whole object is put, or completed from its parts, at once, so that nobody sees half of one.
 * Each carries its SHA-256, by which a put whose answer was lost is told from one that failed.
 */
export class S3Store implements ObjectStore {
  readonly url: string
  readonly #place: S3Place
  readonly #client: S3Client
  /** Of objects as they were read, by key: what a change of theirs expects. */
  readonly #versions = new Map<string, string>()
  /** Whether it has done what it was asked: one that never did was named wrongly, is not running, or refuses us. */
  #reached = false

  private constructor(place: S3Place) {
    this.url = s3Url(place)
    this.#place = place
    // It announces years ahead which Node it will want: nothing that whoever runs this can do anything about.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
    this.#client = new S3Client({
      region: place.region,
      ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
      forcePathStyle: place.pathStyle,
      // What newer clients send of their own accord, several stores do not understand.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: PATIENCE_MS, requestTimeout: SILENCE_MS },
    })
  }

  static open(url: string): S3Store {
    return new S3Store(s3Place(url))
  }

  async put(key: string, pieces: readonly Uint8Array[]): Promise<void> {
    const body = Buffer.concat(pieces)
    const sha256 = hashOf(body)
    await this.#persistently(async () => {
      const params = { ...this.#named(key), Body: body, Metadata: { sha256 } }
      try {
        if (body.length <= PART_BYTES) await this.#client.send(new PutObjectCommand(params))
        else await new Upload({ client: this.#client, params, partSize: PART_BYTES }).done()
      } catch (error) {
        // Asked once more to complete an upload that is complete, a store knows of none.
        if ((error as Error).name === 'NoSuchUpload' && (await this.#holds(key, sha256))) return
        throw error
      }
    })
  }

  async putNew(key: string, bytes: Uint8Array): Promise<Uint8Array | null> {
    const there = await this.get(key)
    if (there) return there
    const isOurs = await this.#conditionally(key, bytes, { IfNoneMatch: '*' })
    return isOurs ? null : this.get(key)
  }

  /**
   * Puts an object in place of the one that was read last, or where none was.
   * @throws MingleError RUN_MOVED when another has been put there meanwhile, where the store can tell
   */
  async replace(key: string, bytes: Uint8Array): Promise<void> {
    const version = this.#versions.get(key)
    const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version }
    if (await this.#conditionally(key, bytes, condition)) return
    const there = await this.get(key)
    if (there && Buffer.compare(there, bytes) === 0) return
    throw new MingleError('RUN_MOVED', `another process writes to ${this.url}; nothing of this step was written`)
  }

  async get(key: string): Promise<Uint8Array | null> {
    return this.#persistently(async () => {
      try {
        const { Body, ETag } = await this.#client.send(new GetObjectCommand(this.#named(key)))
        const bytes = await Body!.transformToByteArray()
        if (ETag !== undefined) this.#versions.set(key, ETag)
        return bytes
      } catch (error) {
        if (!isMissing(error)) throw error
        this.#versions.delete(key)
        return null
      }
    })
  }

  async list(prefix: string): Promise<Listed[]> {
    const { bucket, prefix: own } = this.#place
    const listed: Listed[] = []
    let from: string | undefined
    do {
      const request = { Bucket: bucket, Prefix: own + prefix, ContinuationToken: from }
      const page = await this.#persistently(() => this.#client.send(new ListObjectsV2Command(request)))
      for (const { Key, Size } of page.Contents ?? []) listed.push({ key: Key!.slice(own.length), bytes: Size! })
      from = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (from !== undefined)
    return listed.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  async remove(key: string): Promise<void> {
    await this.#persistently(() => this.#client.send(new DeleteObjectCommand(this.#named(key))))
  }

  /** Parts of uploads that nobody completed lie there unseen, and are paid for. */
  async sweep(): Promise<void> {
    const { bucket, prefix } = this.#place
    try {
      for (let after: ListMultipartUploadsCommandOutput | undefined, more = true; more; ) {
        const from = { KeyMarker: after?.NextKeyMarker, UploadIdMarker: after?.NextUploadIdMarker }
        const request = { Bucket: bucket, Prefix: prefix, ...from }
        const page: ListMultipartUploadsCommandOutput = await this.#persistently(() =>
          this.#client.send(new ListMultipartUploadsCommand(request)),
        )
        for (const { Key, UploadId } of page.Uploads ?? []) {
          const upload = { Bucket: bucket, Key, UploadId }
          await this.#persistently(() => this.#client.send(new AbortMultipartUploadCommand(upload)).catch(ifMissing))
        }
        more = page.IsTruncated === true && page.NextKeyMarker !== undefined
        after = page
      }
    } catch (error) {
      const { cause = error } = error as Error
      // A store without such a list, or a user who may not see it: a lifecycle rule does the same.
      if (!isUnknownRequest(cause) && statusOf(cause) !== 403 && statusOf(cause) !== 404) throw error
    }
  }

  async close(): Promise<void> {
    this.#client.destroy()
  }

  /** @returns whether the condition held */
  async #conditionally(key: string, bytes: Uint8Array, condition: Record<string, string>): Promise<boolean> {
    const params = { ...this.#named(key), Body: bytes, Metadata: { sha256: hashOf(bytes) } }
    return this.#persistently(async () => {
      const put = (more: Record<string, string>) => this.#client.send(new PutObjectCommand({ ...params, ...more }))
      try {
        const { ETag } = await put(condition).catch((error) => {
          if (!isUnknownRequest(error)) throw error
          return put({})
        })
        if (ETag !== undefined) this.#versions.set(key, ETag)
        return true
      } catch (error) {
        // 409: another conditional put of the key is under way.
        if (statusOf(error) === 412 || statusOf(error) === 409) return false
        throw error
      }
    })
  }

  async #holds(key: string, sha256: string): Promise<boolean> {
    const found = await this.#client.send(new HeadObjectCommand(this.#named(key))).catch(() => undefined)
    return found?.Metadata?.sha256 === sha256
  }

  #named(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#place.bucket, Key: this.#place.prefix + key }
  }

  async #persistently<T>(work: () => Promise<T>): Promise<T> {
    for (let tried = 0; ; tried++) {
      try {
        const done = await work()
        this.#reached = true
        return done
      } catch (error) {
        const wait = WAITS_MS[tried]
        if (wait === undefined || !isPassing(error, this.#reached)) throw explained(error, this.url, this.#reached)
        await sleep(wait)
      }
    }
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function ifMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
