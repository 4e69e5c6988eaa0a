import { writevSync } from 'node:fs'

/**
 * Writes all pieces to a file that is open, behind one another and without joining them.
 * A disk that has just become full takes a part, and says so with the next call.
 */
export function writeWhole(file: number, pieces: readonly Uint8Array[]): void {
  for (let rest = pieces.filter(({ length }) => length > 0); rest.length > 0; ) {
    let taken = writevSync(file, rest)
    const next = rest.findIndex(({ length }) => {
      if (taken < length) return true
      taken -= length
      return false
    })
    rest = next < 0 ? [] : [rest[next]!.subarray(taken), ...rest.slice(next + 1)]
  }
}
