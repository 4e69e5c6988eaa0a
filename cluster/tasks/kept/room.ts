import { mkdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn, type Scratch } from './scratch.ts'

/** Chosen: so much of what is free is kept at most. */
const SHARE_OF_FREE = 1 / 4
/** Chosen: so much of the limit may be written between two looks, by all threads together. */
const UNSEEN = 1 / 16

/**
 * What one thread may write into a folder that several fill. Each looks at what all of them have written, and always leaves room for as much
 * as each of the others may write before it looks again, so that they stay under the limit together.
 */
export class Room {
  readonly #scratch: Scratch
  #granted = 0

  /** Makes the folder. */
  constructor(scratch: Scratch) {
    this.#scratch = scratch
    mkdirSync(scratch.folder, { recursive: true, mode: 0o700 })
  }

  /** Asked before each write. @returns whether so many bytes may be written now */
  takes(bytes: number): boolean {
    if (bytes >= this.#granted) {
      const { threads = 1 } = this.#scratch
      const { limit, left } = this.#look()
      const step = Math.max(bytes, (limit * UNSEEN) / threads)
      if (step * threads > left) return false
      this.#granted = step
    }
    this.#granted -= bytes
    return true
  }

  /** Bytes that may be kept besides those that are. */
  get left(): number {
    return this.#look().left
  }

  #look(): { readonly limit: number; readonly left: number } {
    const { folder, bytes } = this.#scratch
    const { bavail, bsize } = statfsSync(folder)
    const sizes = namesIn(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    const kept = sizes.reduce((sum, size) => sum + size, 0)
    const limit = Math.min(bytes, (bavail * bsize + kept) * SHARE_OF_FREE)
    return { limit, left: limit - kept }
  }
}
