/**
 * Contractions. Texts are kept as most people write them, with "I'm" and "don't"; those who write formally have them
 * taken apart when a text is written out.
 */

const NOT = /\b(do|does|did|is|are|was|were|have|has|had|would|could|should) not\b/gi
/** After these a form of "be" is stressed and stays whole: "that is what it is". */
const BE = /\b(I|it|that|there|here|he|she|you|we|they|what|who) (am|is|are) (?=["'a-z{[])/gi
const SHORT: Readonly<Record<string, string>> = { am: "'m", is: "'s", are: "'re" }
const FITS: Readonly<Record<string, readonly string[]>> = {
  am: ['i'],
  is: ['it', 'that', 'there', 'here', 'he', 'she', 'what', 'who'],
  are: ['you', 'we', 'they'],
}

/** What stands before a "there" that opens a clause; after anything else it is a place: "the way there is". */
const OPENS = /(?:^|[.!?,:;"|[(] ?|\b(?:and|but|so|or|because|if|that|when|since|think|until|where|now|maybe|then) )$/i

/** Contracts whatever is commonly contracted in speech. Never before a stop, where the verb is stressed. */
export function contracted(text: string): string {
  return text
    .replace(NOT, "$1n't")
    .replace(/\bcan ?not\b/gi, (found) => `${found[0]}an't`)
    .replace(/\bwill not\b/g, "won't")
    .replace(BE, (whole, subject: string, verb: string, at: number, now: string) => {
      if (!FITS[verb.toLowerCase()]!.includes(subject.toLowerCase())) return whole
      // "what it is like", "that I am not": the verb may follow a question word, which stresses it only at a stop.
      const before = now.slice(Math.max(0, at - 8), at)
      if (
        /\b(than|as|here|there|of|who|up|down|out|over|in|back|about|with|for|at|from) $/i.test(before) ||
        /^(?:it|that)(?: (?:that|about|is)|[?.!,])/.test(now.slice(at + whole.length))
      )
        return whole
      if (/^(?:there|here)$/i.test(subject) && !OPENS.test(before)) return whole
      return `${subject}${SHORT[verb]} `
    })
    .replace(
      /(?<!\w and )\b(I|you|we|they) have (?=(been|never|always|just|had|got|gone|felt|heard|met|thought|wanted|tried|told|written|stopped|started|decided|taken|watched|changed|already|seen|only just)\b)/g,
      "$1've ",
    )
    .replace(/(?<![\w}] and )\b(I|you|we|they|it|he|she|that) will (?=[a-z])/g, "$1'll ")
    .replace(/(?<![\w}] and )\b(I|you|we|they) would (?=[a-z])/g, "$1'd ")
    .replace(/(?<!\b(?:they|he|she|you|to|would) )\blet us\b/g, "let's")
    .replace(/\bLet us\b/g, "Let's")
}

const WHOLE: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b/g, 'cannot'],
  [/\bCan't\b/g, 'Cannot'],
  [/\bwon't\b/g, 'will not'],
  [/\bWon't\b/g, 'Will not'],
  [/n't\b/g, ' not'],
  [/'m\b/g, ' am'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/\b(I|you|we|they|he|she|it|who|You|We|They|He|She|It|Who)'d (?=(?:won|had|been)\b)/g, '$1 had '],
  [/\b(I|you|we|they|he|she|it|who|You|We|They|He|She|It|Who)'d\b/g, '$1 would'],
  [/\b(it|that|he|she|It|That|He|She)'s (?=(?:been|got)\b)/g, '$1 has '],
  [/\b(it|that|there|here|he|she|what|who|where|how|It|That|There|Here|He|She|What|Who|Where|How)'s\b/g, '$1 is'],
  // "Somebody's" is a possessive more often than not.
  [
    /\b((?:[Ee]very|[Nn]o|[Ss]ome)body)'s (?=(?:under|on|in|at|home|terrible|allowed|looking|trying|watching|clapping|happy|free)\b)/g,
    '$1 is ',
  ],
]

/** Takes contractions apart. Possessives stay. */
export function expanded(text: string): string {
  if (!text.includes("'")) return text
  let out = text
  for (const [short, whole] of WHOLE) out = out.replace(short, whole)
  return out
}

/** Texts with their contractions, each made when it is first asked for: most of a run's texts never are. */
export function ready(texts: readonly string[]): (at: number) => string {
  const made: string[] = []
  return (at) => {
    made[at] ??= contracted(texts[at]!)
    return made[at]
  }
}
