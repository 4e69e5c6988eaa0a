/** A reader's eye for generated text: finds what no person would write. Independent of the code that writes it. */

const RAW = /[{}[\]|<>_\\]|\bundefined\b|\bNaN\b|\bnull\b|a\/an/
const SPACES = / {2,}|^\s|\s$|\s[,.;:!?](?!\))/
const DOUBLED_MARKS = /[,;:!?]{2,}|[,;:!?]\.|\.[,;:!?]|(?<!\.)\.\.(?!\.)/
const DOUBLED_WORDS = /\b([\p{L}']+) \1\b/giu
const DETERMINERS = /\b(?:my|your|our|their) (?:the|an?|my|your|our|their)\b/i
const ALLOWED_DOUBLES = ['hello hello', 'that that', 'had had']

const ARTICLE = /(?<![\p{L}'-])(a|an) ["“]?([\p{L}\d][\p{L}\d'-]*)/giu
/** Vowel letters that sound like consonants, and the reverse. */
const CONSONANT_SOUND = /^(one|once|u[ktsn]i|unicorn|uniform|union|unique|unit|univer|use|usu|euro|ukulele)/
const VOWEL_SOUND = /^(hour|honest|honor|heir|8|11|18)/

function wantsAn(word: string): boolean {
  const lower = word.toLowerCase()
  return VOWEL_SOUND.test(lower) || (/^[aeiouéèàö]/.test(lower) && !CONSONANT_SOUND.test(lower))
}

export function problems(text: string): string[] {
  const found: string[] = []
  if (text.length === 0) found.push('empty')
  if (RAW.test(text)) found.push('raw placeholder')
  if (SPACES.test(text)) found.push('stray space')
  if (DOUBLED_MARKS.test(text)) found.push('doubled punctuation')
  if (DETERMINERS.test(text)) found.push('two determiners')
  for (const [pair] of text.matchAll(DOUBLED_WORDS)) {
    if (!ALLOWED_DOUBLES.includes(pair.toLowerCase())) found.push(`doubled word: ${pair}`)
  }
  for (const [phrase, article, word] of text.matchAll(ARTICLE)) {
    if (wantsAn(word!) !== (article!.toLowerCase() === 'an')) found.push(`article: ${phrase}`)
  }
  if (text !== text.toLowerCase()) {
    if (/^["“(]?[a-z]/.test(text)) found.push('starts small')
    const small = /[.!?]["”)]? +["“(]?([a-z]+)/.exec(text)
    if (small !== null) found.push(`sentence starts small: ${small[0]}`)
    if (/\bi\b(?!')/.test(text)) found.push('small I')
  }
  return found
}

/** How often the commonest text stands, and which it is. */
export function commonest(texts: readonly string[]): { text: string; count: number } {
  const counts = new Map<string, number>()
  let best = { text: '', count: 0 }
  for (const text of texts) {
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    if (count > best.count) best = { text, count }
  }
  return best
}

/** Up to ten texts with their problems, for the message of a failed test. */
export function complaints(texts: readonly string[]): string[] {
  const found: string[] = []
  for (const text of texts) {
    const bad = problems(text)
    if (bad.length > 0) found.push(`${bad.join('; ')} in: ${text}`)
    if (found.length >= 10) break
  }
  return found
}
