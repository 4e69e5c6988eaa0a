const HASH = 0x1e35a7bd
const MOST_SLOTS_LOG = 14
/** A match lies at most so far behind: its distance is written in 16 bits. */
const WINDOW = 65_536
/** So near the end nothing is looked for, so that four bytes may always be read. */
const MARGIN = 15

/** The most that `size` bytes can become. */
export function snappyBound(size: number): number {
  return 32 + size + Math.ceil(size / 6)
}

/**
 * Compresses as https://github.com/google/snappy/blob/main/format_description.txt says, looking for repetitions as Google's own
 * compressor does. hyparquet-writer's own looks for room before every byte that it writes: several times the work.
 *
 * @param output has room for `snappyBound(size)` bytes from `start` on
 * @returns where what was written ends
 */
export function snappy(input: Uint8Array, size: number, output: Uint8Array, start: number): number {
  const view = new DataView(input.buffer, input.byteOffset, size)
  const slotsLog = Math.min(MOST_SLOTS_LOG, Math.max(1, 31 - Math.clz32(size | 1)))
  const shift = 32 - slotsLog
  const table = new Int32Array(1 << slotsLog)
  const limit = size - MARGIN
  let at = putLength(output, start, size)
  /** Bytes before this one are written. */
  let done = 0
  let ip = 1
  search: while (ip < limit) {
    let candidate: number
    let skip = 32
    for (;;) {
      const word = view.getUint32(ip, true)
      const slot = Math.imul(word, HASH) >>> shift
      candidate = table[slot]!
      table[slot] = ip
      if (ip - candidate < WINDOW && view.getUint32(candidate, true) === word) break
      // The longer nothing is found, the wider the steps.
      ip += skip++ >>> 5
      if (ip >= limit) break search
    }
    at = literal(input, done, ip, output, at)
    for (;;) {
      const base = ip
      ip += 4
      for (let match = candidate + 4; ip < size && input[ip] === input[match]; match++) ip++
      at = copy(output, at, base - candidate, ip - base)
      done = ip
      if (ip >= limit) break search
      table[Math.imul(view.getUint32(ip - 1, true), HASH) >>> shift] = ip - 1
      const word = view.getUint32(ip, true)
      const slot = Math.imul(word, HASH) >>> shift
      candidate = table[slot]!
      table[slot] = ip
      if (ip - candidate >= WINDOW || view.getUint32(candidate, true) !== word) break
    }
    ip++
  }
  return done < size ? literal(input, done, size, output, at) : at
}

function putLength(output: Uint8Array, start: number, size: number): number {
  let at = start
  let rest = size
  for (; rest >= 128; rest >>>= 7) output[at++] = (rest & 127) | 128
  output[at++] = rest
  return at
}

function literal(input: Uint8Array, from: number, to: number, output: Uint8Array, start: number): number {
  let at = start
  const length = to - from
  let rest = length - 1
  if (length <= 60) output[at++] = rest << 2
  else {
    const bytes = rest < 0x100 ? 1 : rest < 0x10000 ? 2 : rest < 0x1000000 ? 3 : 4
    output[at++] = (59 + bytes) << 2
    for (let i = 0; i < bytes; i++, rest >>>= 8) output[at++] = rest
  }
  // Short ones are most of them, and a call costs more than their bytes.
  if (length > 48) output.set(input.subarray(from, to), at)
  else for (let i = 0; i < length; i++) output[at + i] = input[from + i]!
  return at + length
}

function copy(output: Uint8Array, start: number, offset: number, length: number): number {
  let at = start
  let left = length
  while (left >= 68) {
    at = shortCopy(output, at, offset, 64)
    left -= 64
  }
  if (left > 64) {
    at = shortCopy(output, at, offset, 60)
    left -= 60
  }
  return shortCopy(output, at, offset, left)
}

/** At most 64 bytes. */
function shortCopy(output: Uint8Array, at: number, offset: number, length: number): number {
  if (length < 12 && offset < 2048) {
    output[at] = 1 | ((length - 4) << 2) | ((offset >>> 8) << 5)
    output[at + 1] = offset
    return at + 2
  }
  output[at] = 2 | ((length - 1) << 2)
  output[at + 1] = offset
  output[at + 2] = offset >>> 8
  return at + 3
}
