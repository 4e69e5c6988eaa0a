/** The last touches on a grown text: the article that the next word asks for, capitals, stray spaces. */

/** Words that begin with a vowel letter but a consonant sound, or the other way round. */
const SAYS_CONSONANT = /^(one|once|uni[^mn]|unicorn|use|usu|euro|eu|ukulele|u-|uk|us\b)/i
const SAYS_VOWEL = /^(hour|honest|honor|heir|herb|x-|mba|fm|8|11|18)/i

/** The article before `next`: "a" or "an". */
export function article(next: string): 'a' | 'an' {
  if (SAYS_VOWEL.test(next)) return 'an'
  return /^[aeiou]/i.test(next) && !SAYS_CONSONANT.test(next) ? 'an' : 'a'
}

/** Templates write `a/an` wherever the next word comes from a slot. */
function articles(text: string): string {
  if (!text.includes('/an ')) return text
  return text.replace(/\b([Aa])\/an (\S+)/g, (_, a: string, next: string) => {
    const word = article(next)
    return `${a === 'A' ? word.replace('a', 'A') : word} ${next}`
  })
}

const NEWLINE = 10
const SPACE = 32
const QUOTE = 34
const OPEN_QUOTE = 0x201c
const BRACKET = 40
const DOT = 46
const QUESTION = 63
const EXCLAMATION = 33
const ELLIPSIS = 0x2026

function isStop(code: number): boolean {
  return code === DOT || code === QUESTION || code === EXCLAMATION || code === ELLIPSIS
}

function isSmall(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 0xe0 && code <= 0xff)
}

/** Capital at the start and after a full stop, question or exclamation mark. Read by hand: most texts need none. */
function capitals(text: string): string {
  let out = ''
  let from = 0
  let isStart = true
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (!isStart) {
      if (code === SPACE) isStart = isStop(before)
      else if (code === NEWLINE) isStart = true
    } else if (code === QUOTE || code === OPEN_QUOTE || code === BRACKET) {
      // A letter that opens a quotation opens the sentence.
      isStart = isSmall(text.charCodeAt(i + 1))
    } else if (code !== SPACE && code !== NEWLINE) {
      if (isSmall(code)) {
        out += text.slice(from, i) + text.charAt(i).toUpperCase()
        from = i + 1
      }
      isStart = false
    }
    before = code
  }
  return from === 0 ? text : out + text.slice(from)
}

export function polish(text: string): string {
  const single = text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text
  return capitals(articles(single).trim())
}
