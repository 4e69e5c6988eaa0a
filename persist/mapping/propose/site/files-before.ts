import { existsSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What files held, and which folders were not there, so that all of it can be had back. */
export class FilesBefore {
  /** From path to bytes; null: there was none. */
  readonly #files: ReadonlyMap<string, Buffer | null>
  readonly #missingFolders: readonly string[]

  constructor(files: readonly string[]) {
    this.#files = new Map(files.map((file) => [file, existsSync(file) ? readFileSync(file) : null]))
    this.#missingFolders = [...new Set(files.map((file) => dirname(file)))].filter((folder) => !existsSync(folder))
  }

  /** Puts every byte back. A folder that was made since goes too, unless something else was put into it. */
  restore(): void {
    for (const [file, bytes] of this.#files) {
      if (bytes === null) rmSync(file, { force: true })
      else if (!readFileSync(file).equals(bytes)) writeFileSync(file, bytes)
    }
    for (const folder of this.#missingFolders) {
      try {
        rmdirSync(folder)
      } catch {
        // It was not made, or holds what is not ours.
      }
    }
  }
}
