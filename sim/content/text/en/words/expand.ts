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

/** A template taken apart: text, hole, text, … A hole is the name of a slot or a choice of templates. */
interface Template {
  readonly texts: readonly string[]
  readonly holes: readonly (string | readonly Template[])[]
}

function parse(text: string): Template {
  const texts: string[] = []
  const holes: (string | readonly Template[])[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code !== OPEN_SLOT && code !== OPEN_CHOICE) continue
    texts.push(text.slice(from, i))
    const end = code === OPEN_SLOT ? text.indexOf('}', i) : closing(text, i)
    const inside = text.slice(i + 1, end)
    holes.push(code === OPEN_SLOT ? inside : options(inside).map(parse))
    i = end
    from = end + 1
  }
  texts.push(text.slice(from))
  return { texts, holes }
}

/** Splits at the bars that stand in no choice of their own. */
function options(inside: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < inside.length; i++) {
    const code = inside.charCodeAt(i)
    if (code === OPEN_CHOICE) depth++
    else if (code === CLOSE_CHOICE) depth--
    else if (code === BAR && depth === 0) {
      found.push(inside.slice(from, i))
      from = i + 1
    }
  }
  found.push(inside.slice(from))
  return found
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

/** Every template that was grown, taken apart once: there are some thousand lines, and they grow again and again. */
const parsed = new Map<string, Template>()

/** One growth: counts the choices made. */
class Growth {
  private readonly seed: number
  private readonly fill: Fill
  private step = 0

  constructor(seed: number, fill: Fill) {
    this.seed = seed
    this.fill = fill
  }

  grow({ texts, holes }: Template): string {
    let out = texts[0]!
    for (let i = 0; i < holes.length; i++) {
      const hole = holes[i]!
      out +=
        typeof hole === 'string' ? this.slot(hole) : this.grow(hole[below(mix(this.seed, this.step++), hole.length)]!)
      out += texts[i + 1]!
    }
    return out
  }

  private slot(name: string): string {
    const word = this.fill(name)
    if (word === undefined) throw new Error(`nothing fills the slot "${name}"`)
    return word
  }
}

export function expand(template: string, seed: number, fill: Fill): string {
  let known = parsed.get(template)
  if (known === undefined) {
    known = parse(template)
    parsed.set(template, known)
  }
  return new Growth(seed, fill).grow(known)
}
