import { closeSync, openSync, writeSync } from 'node:fs'

/** The largest that SQLite knows: the fewest pages, hence the least work for whoever reads them. */
export const PAGE = 65_536
/** Pages that are written to the file at once. */
const PAGES_AT_ONCE = 16
/** SQLite keeps its locks in this byte of a file; no page may hold it. */
const LOCK_PAGE = 2 ** 30 / PAGE + 1

/** The pages of a new file, in the order in which they are asked for; the first is written last. */
export class PageFile {
  readonly #descriptor: number
  readonly #buffer = Buffer.allocUnsafeSlow(PAGE * PAGES_AT_ONCE)
  #held = 0
  #pages = 1
  #open = true

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w')
  }

  /** The next page, zeroed; its bytes are good until the next call. */
  page(): { readonly number: number; readonly bytes: Buffer } {
    if (this.#held === PAGES_AT_ONCE || this.#pages + 1 === LOCK_PAGE) this.#flush()
    if (this.#pages + 1 === LOCK_PAGE) this.#pages++
    const bytes = this.#buffer.subarray(this.#held * PAGE, (this.#held + 1) * PAGE)
    bytes.fill(0)
    this.#held++
    return { number: ++this.#pages, bytes }
  }

  /** Pages so far, the first one included. */
  get pages(): number {
    return this.#pages
  }

  /** Writes the first page, and all that is held back. */
  finish(first: Buffer): void {
    try {
      this.#flush()
      write(this.#descriptor, first, 0)
    } finally {
      this.abandon()
    }
  }

  /** Closes a file that will not be finished; safe after a `finish` that failed. */
  abandon(): void {
    if (this.#open) closeSync(this.#descriptor)
    this.#open = false
  }

  #flush(): void {
    if (this.#held === 0) return
    write(this.#descriptor, this.#buffer.subarray(0, this.#held * PAGE), (this.#pages - this.#held) * PAGE)
    this.#held = 0
  }
}

/** A call may write less than it was given. */
function write(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}
