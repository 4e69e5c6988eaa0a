/** Proper names and "I", which keep their capital in the middle of a sentence. */
const KEEPS = /^(?:I(?:'|\b)|(?:Saturn|The Pleiades|Bach|Ravel|Hungarian|Hank|Ray|Kevin)\b|[A-Z]{2})/

/**
 * The word of a slot in the case that the slot's name asks for: `Slot` with a capital, `slot^` with the other case than
 * it has (a sentence after a colon, a name at a start), `slot~` without its article.
 */
export function cased(slot: string, word: (name: string) => string | undefined): string | undefined {
  const last = slot.charCodeAt(slot.length - 1)
  const first = slot.charCodeAt(0)
  if (last === 94) return flipped(word(slot.slice(0, -1)))
  const bare = last === 126
  const name = bare ? slot.slice(0, -1) : slot
  const isCapital = first >= 65 && first <= 90
  const given = word(isCapital ? name.charAt(0).toLowerCase() + name.slice(1) : name)
  const found = bare ? given?.replace(/^(?:an?|the) /, '') : given
  if (!isCapital) return found
  return found === undefined ? undefined : found.charAt(0).toUpperCase() + found.slice(1)
}

function flipped(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const first = text.charAt(0)
  if (first !== first.toLowerCase()) return KEEPS.test(text) ? text : first.toLowerCase() + text.slice(1)
  return first.toUpperCase() + text.slice(1)
}
