import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { decodeSections, encodeSections, type SnapshotHeader } from '../../sim/kernel/index.ts'
import type { MarketState } from '../crew/task.ts'

/** The file's first bytes: what it is, and the version of the layout below. */
const MARK = new TextEncoder().encode('MINGLE\u00002')
/** The mark and the length of the contents. */
const FRONT = 16
const SUM_BYTES = 32
/** No read, write or hash takes more at once: the calls of the system end at 2 GiB. */
const PIECE_BYTES = 1 << 26
/** The contents of ten million people in pools take half a megabyte: more is no length but damage. */
const MOST_CONTENTS = 1 << 28

/**
 * A snapshot's file: front (mark, length of the contents), contents (header, and of each market its number, its lengths
 * and a SHA-256), then the states of the markets one after another. States are written and read one by one, in pieces,
 * so that nothing is limited by how much one buffer, one read or one write can take. The front and the contents are
 * written last: a file without them is none.
 */
export async function writeSnapshotFile(
  path: string,
  header: SnapshotHeader,
  states: readonly MarketState[],
  pieceBytes = PIECE_BYTES,
): Promise<void> {
  const sums = new Uint8Array(states.length * SUM_BYTES)
  const table = {
    markets: Int32Array.from(states, ({ market }) => market),
    simulations: Float64Array.from(states, ({ simulation }) => simulation.byteLength),
    // -1: no metrics were counted.
    metrics: Float64Array.from(states, ({ metrics }) => metrics?.byteLength ?? -1),
    sums,
  }
  const contentsLength = encodeSections(header, table).length
  const handle = await open(path, 'w')
  try {
    let at = FRONT + contentsLength
    for (const [i, { simulation, metrics }] of states.entries()) {
      const sum = createHash('sha256')
      for (const bytes of metrics ? [simulation, metrics] : [simulation]) {
        for (let from = 0; from < bytes.length; from += pieceBytes) {
          const piece = bytes.subarray(from, from + pieceBytes)
          sum.update(piece)
          await writeAll(handle, piece, at)
          at += piece.length
        }
      }
      sums.set(sum.digest(), i * SUM_BYTES)
    }
    const contents = encodeSections(header, table)
    const front = new Uint8Array(FRONT)
    front.set(MARK)
    new DataView(front.buffer).setFloat64(MARK.length, contents.length, true)
    await writeAll(handle, contents, FRONT)
    await writeAll(handle, front, 0)
  } finally {
    await handle.close()
  }
}

/**
 * @param check throws what keeps the header from fitting, before any state is read
 * @throws Error that says in words what is wrong with the file
 */
export async function readSnapshotFile(
  path: string,
  check: (header: SnapshotHeader) => void,
  pieceBytes = PIECE_BYTES,
): Promise<MarketState[]> {
  const handle = await open(path, 'r')
  try {
    const front = await readExactly(handle, FRONT, 0, pieceBytes)
    if (MARK.some((byte, i) => front[i] !== byte)) throw new Error('it is no snapshot of this layout')
    const contentsLength = new DataView(front.buffer).getFloat64(MARK.length, true)
    if (!(Number.isInteger(contentsLength) && contentsLength >= 0 && contentsLength <= MOST_CONTENTS))
      throw new Error('it is damaged: the length of its contents is none')
    const { header, sections } = decodeSections(await readExactly(handle, contentsLength, FRONT, pieceBytes))
    check(header)
    const { markets, simulations, metrics, sums } = sections as Record<string, Float64Array>
    const states: MarketState[] = []
    let at = FRONT + contentsLength
    const next = async (length: number): Promise<Uint8Array> => {
      const bytes = await readExactly(handle, length, at, pieceBytes)
      at += length
      return bytes
    }
    for (const [i, market] of markets!.entries()) {
      const simulation = await next(simulations![i]!)
      const state = { market, simulation, ...(metrics![i]! >= 0 && { metrics: await next(metrics![i]!) }) }
      const sum = sums!.subarray(i * SUM_BYTES, (i + 1) * SUM_BYTES)
      if (sumOf(state, pieceBytes).some((byte, j) => byte !== sum[j]))
        throw new Error(`it is damaged: the checksum of market ${market} does not fit`)
      states.push(state)
    }
    return states
  } finally {
    await handle.close()
  }
}

function sumOf({ simulation, metrics }: MarketState, pieceBytes: number): Uint8Array {
  const sum = createHash('sha256')
  for (const bytes of metrics ? [simulation, metrics] : [simulation])
    for (let from = 0; from < bytes.length; from += pieceBytes) sum.update(bytes.subarray(from, from + pieceBytes))
  return sum.digest()
}

/** A write may take less than it was given. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
  }
}

/** Into memory of its own, which can move to a worker. */
async function readExactly(
  handle: FileHandle,
  length: number,
  position: number,
  pieceBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (position + length > (await handle.stat()).size) throw new Error('it is cut short')
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const wanted = Math.min(pieceBytes, length - done)
    const { bytesRead } = await handle.read(bytes, done, wanted, position + done)
    if (bytesRead === 0) throw new Error('it is cut short')
    done += bytesRead
  }
  return bytes
}
