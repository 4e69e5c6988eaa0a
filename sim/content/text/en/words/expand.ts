/**
 * Grows a text from a template and an integer, always the same one. Two marks are read: `{name}` is a slot, which the
 * caller fills; `[one|two|]` is a choice, which may be empty and may nest.
 */

/** What the caller puts into a slot; undefined when it knows no such slot. */
export type Fill = (slot: string) => string | undefined

/** Mixes two 32-bit integers into one (the finalizer of MurmurHash3 over a Weyl step). Unsigned. */
export function mix(seed: number, step: number): number {
  let h = (seed ^ Math.imul(step + 1, 0x9e3779b9)) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * `hash % count`, count below 2³⁰, without leaving small integers: the remainder of a double is a slow library call.
 * @param hash 32 bits, read as unsigned
 */
export function below(hash: number, count: number): number {
  return ((((hash >>> 1) % count) << 1) + (hash & 1)) % count
}

const OPEN_SLOT = 123
const OPEN_CHOICE = 91
const CLOSE_CHOICE = 93
const BAR = 124

/** One growth: counts the choices made. */
class Growth {
  private readonly seed: number
  private readonly fill: Fill
  private step = 0

  constructor(seed: number, fill: Fill) {
    this.seed = seed
    this.fill = fill
  }

  grow(template: string): string {
    let out = ''
    let from = 0
    for (let i = 0; i < template.length; i++) {
      const code = template.charCodeAt(i)
      if (code !== OPEN_SLOT && code !== OPEN_CHOICE) continue
      out += template.slice(from, i)
      const end = code === OPEN_SLOT ? template.indexOf('}', i) : closing(template, i)
      out += code === OPEN_SLOT ? this.slot(template.slice(i + 1, end)) : this.choose(template.slice(i + 1, end))
      i = end
      from = end + 1
    }
    return out + template.slice(from)
  }

  private slot(name: string): string {
    const word = this.fill(name)
    if (word === undefined) throw new Error(`nothing fills the slot "${name}"`)
    return word
  }

  private choose(options: string): string {
    let depth = 0
    let count = 1
    for (let i = 0; i < options.length; i++) {
      const code = options.charCodeAt(i)
      if (code === OPEN_CHOICE) depth++
      else if (code === CLOSE_CHOICE) depth--
      else if (code === BAR && depth === 0) count++
    }
    let wanted = below(mix(this.seed, this.step++), count)
    let from = 0
    for (let i = 0; i <= options.length; i++) {
      const code = i === options.length ? BAR : options.charCodeAt(i)
      if (code === OPEN_CHOICE) depth++
      else if (code === CLOSE_CHOICE) depth--
      else if (code === BAR && depth === 0) {
        if (wanted-- === 0) return this.grow(options.slice(from, i))
        from = i + 1
      }
    }
    return ''
  }
}

function closing(template: string, open: number): number {
  let depth = 0
  for (let i = open; i < template.length; i++) {
    const code = template.charCodeAt(i)
    if (code === OPEN_CHOICE) depth++
    else if (code === CLOSE_CHOICE && --depth === 0) return i
  }
  throw new Error(`a choice is not closed in "${template}"`)
}

export function expand(template: string, seed: number, fill: Fill): string {
  return new Growth(seed, fill).grow(template)
}
