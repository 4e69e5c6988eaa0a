import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { badInput } from '../../sim/kernel/index.ts'

/** What came of a task that is no plain run, such as a fork, or why nothing did. */
export type Piece = { readonly result: unknown } | { readonly error: string }

export function pieceLine(key: string, piece: Piece): string {
  return `${JSON.stringify({ key, ...piece })}\n`
}

/** The lines of a file that may have been cut off anywhere: what follows the last whole line is removed. */
export function readPieces(file: string): Map<string, Piece> {
  const known = new Map<string, Piece>()
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)))
  for (const [i, line] of text.slice(0, end).split('\n').slice(0, -1).entries()) {
    const found = parsed(line)
    if (typeof found?.key !== 'string' || !('result' in found || 'error' in found))
      throw badInput(`${file} has no whole piece in line ${i + 1}; remove the folder, or that line`)
    const { key, ...piece } = found
    known.set(key, piece as unknown as Piece)
  }
  return known
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
