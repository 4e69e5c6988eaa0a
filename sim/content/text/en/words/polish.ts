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
  return text.replace(/\b([Aa])\/an (\S+)/g, (_, a: string, next: string) => {
    const word = article(next)
    return `${a === 'A' ? word.replace('a', 'A') : word} ${next}`
  })
}

/** Capital at the start and after a full stop, question or exclamation mark. */
function capitals(text: string): string {
  return text.replace(/(^|[.!?…]\s+|\n)(["“(]?)([a-zà-ÿ])/g, (_, before: string, quote: string, letter: string) => {
    return before + quote + letter.toUpperCase()
  })
}

export function polish(text: string): string {
  return capitals(articles(text).replace(/ {2,}/g, ' ').trim())
}
