/** What lies under a key. */
export interface Listed {
  readonly key: string
  readonly bytes: number
}

/**
 * Where objects lie: a folder, a bucket, or a table of a database. An object is there whole or not at all, whatever happens to who
 * puts it. Keys are paths with forward slashes. Equal bytes are put under equal keys, so that putting twice does no harm.
 */
export interface ObjectStore {
  /** Without secrets. */
  readonly url: string
  /** Puts an object, in place of what is there. */
  put(key: string, pieces: readonly Uint8Array[]): Promise<void>
  /** Puts an object where none is. @returns null, or what is there already */
  putNew(key: string, bytes: Uint8Array): Promise<Uint8Array | null>
  /** Null where there is none. */
  get(key: string): Promise<Uint8Array | null>
  /** Objects whose keys begin so, by key. @param prefix a folder, with its slash, or empty */
  list(prefix: string): Promise<Listed[]>
  remove(key: string): Promise<void>
  /** Removes what writers that were cut off left behind: nobody may be writing any more. */
  sweep(): Promise<void>
  close(): Promise<void>
}
