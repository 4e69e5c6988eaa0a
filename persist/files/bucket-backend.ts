import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Store } from '../objects/s3/s3-store.ts'
import { FilesBackend, isForReaders } from './files-backend.ts'
import type { FormatName } from './formats.ts'
import type { ManifestData } from './manifest.ts'

const MANIFEST = 'manifest.json'
/** Files under way at once. */
const AT_ONCE = 8

/**
 * Files in a bucket, laid out as in a folder. A transaction's files are made in a temporary folder of this machine and put into the
 * bucket before its manifest; the manifest is replaced last, and only where it is still the one that was read.
 */
export class BucketBackend extends FilesBackend {
  override readonly url: string
  readonly #store: S3Store
  readonly #local: string

  static open(where: string, format: FormatName): BucketBackend {
    const store = S3Store.open(where)
    return new BucketBackend(store, mkdtempSync(join(tmpdir(), 'mingle-bucket-')), format)
  }

  private constructor(store: S3Store, local: string, format: FormatName) {
    super(local, format)
    this.#store = store
    this.#local = local
    this.url = `${format}:${store.url}`
  }

  override async exists(): Promise<boolean> {
    await this.#fetch()
    return super.exists()
  }

  override async prepare(): Promise<void> {
    await this.#fetch()
    await super.prepare()
  }

  override async begin(): Promise<void> {
    await this.#fetch()
    await super.begin()
  }

  override async close(): Promise<void> {
    await super.close()
    await this.#store.close()
    rmSync(this.#local, { recursive: true, force: true })
  }

  protected override async publish(written: readonly string[], manifest: ManifestData): Promise<void> {
    await this.#each(written, async (path) => {
      const file = join(this.#local, path)
      await this.#store.put(path, [readFileSync(file)])
      rmSync(file)
    })
    await this.#store.replace(MANIFEST, new TextEncoder().encode(JSON.stringify(manifest)))
  }

  protected override async discard(paths: readonly string[]): Promise<void> {
    await this.#each(paths, (path) => this.#store.remove(path))
  }

  protected override async bytesOf(path: string): Promise<Uint8Array | undefined> {
    return (await this.#store.get(path)) ?? undefined
  }

  protected override async filesWithin(subfolders: readonly string[]): Promise<string[]> {
    const listed = await Promise.all(subfolders.map((name) => this.#store.list(`${name}/`)))
    return listed
      .flat()
      .map(({ key }) => key)
      .filter(isForReaders)
      .sort()
  }

  /** Takes over what another process committed. */
  async #fetch(): Promise<void> {
    const file = join(this.#local, MANIFEST)
    const there = await this.#store.get(MANIFEST)
    if (!there) return rmSync(file, { force: true })
    const known = existsSync(file) ? readFileSync(file) : undefined
    if (known && Buffer.compare(known, there) === 0) return
    writeFileSync(file, there)
  }

  async #each(paths: readonly string[], work: (path: string) => Promise<void>): Promise<void> {
    for (let at = 0; at < paths.length; at += AT_ONCE) await Promise.all(paths.slice(at, at + AT_ONCE).map(work))
  }
}
