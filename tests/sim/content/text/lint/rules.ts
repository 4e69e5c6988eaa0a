import { INTERESTS } from '../../../../../sim/content/index.ts'
import { problems } from '../prose.ts'
import type { Corpus, Said } from './corpus.ts'

/**
 * What a blind reader marks as wrong, as rules over plain texts. A rule knows nothing of how texts are made: each returns
 * its complaints, a line each, and can be read against any build (TEXTS_BUILD, see `corpus.ts`).
 */
export type Rule = (corpus: Corpus) => string[]

const HOUR = 60

/** Pairs of messages in which somebody answers at once what the other asked last. */
function* exchanges(corpus: Corpus): Generator<{ asked: Said; question: string; answer: Said }> {
  for (const thread of corpus.threads) {
    for (let i = 1; i < thread.length; i++) {
      const asked = thread[i - 1]!
      const answer = thread[i]!
      const question = asked.text.match(/[^.!?]*\?(?=[^?]*$)/)?.[0]?.trim()
      if (question !== undefined && asked.k !== answer.k && !isGoodbye(answer.text)) yield { asked, question, answer }
    }
  }
}

function isGoodbye(text: string): boolean {
  return /take care|all the best|good night and good|met somebody|have to run|get going|sign off|good company|leave it here|putting the phone away|stop typing|off for now|bye for now|off to bed|thinking about (?:the|our)|what to say/i.test(
    text,
  )
}

/** Forms: what asks for a length of time, a frequency, a side, a yes or a number gets one. */
const FORMS: readonly (readonly [name: string, question: RegExp, answer: RegExp])[] = [
  [
    'duration',
    /\bhow (?:long (?:have|has|ago)|many years)\b/i,
    /year|life|always|born|since|as long as|month|decade|forever/i,
  ],
  [
    'frequency',
    /\bhow (?:often|regular|much time)\b/i,
    /\bday|week|month|year|season|often|daily|once|twice|chance|as I can|while it lasts/i,
  ],
  [
    'origin',
    /\bwhere (?:are you from|did you grow up|do you come from|are you originally from)/i,
    /^(?!(?:[Ii]n|[Bb]y|[Oo]n|[Aa]t) (?:the|a) \w+\W*$).*(?:grew up|grow up|from|here|born|\b[A-Z][a-z]+|[a-z]+, (?:the|and) |kid in|go back|left when|quieter|all the way)/,
  ],
  ['choice', /\bcoffee or tea\b|\btea or coffee\b/i, /\b(?:coffee|tea)\b/i],
  ['number', /\b(?:have|get|give me|ask for) your number\b/i, /\d{3}/],
  ['close', /\b(?:are you close|do you get along)\b/i, /\b(?:yes|no|not|very|pretty|mostly|more than|close)\b/i],
  [
    'degree',
    /^(?:so |and )?how much (?:of|do|did|does)\b/i,
    /\b(?:all|most|half|lot|much|little|bit|some|none|nothing|enough|more|less|every|very|quite|not|hardly|barely|love)\b/i,
  ],
  [
    'auxiliary of "be"',
    /^(?:so |and )?(?:is (?:it|that|your)|are you|was it)\b/i,
    /^(?!(?:\S+ ){0,2}?(?:yes, |no, |well, )?i (?:do|did|have)\b(?! (?:not|a|an|to|no|never|the|my|two|three|one)\b))/i,
  ],
  [
    'yes or no',
    /^(?:so |and |tell me, |may I ask, |I have to ask: )?(?:do you (?!live|start|wake|do better|lead|ride|stand|read or|swim|drive|like (?:to drive|it old|rivers|the|them|being))|are you (?!an? |doing|up|watching|more)|have you |can you |would you like|is it )(?![^?]* or )[^,]*\?$/i,
    /\b(?:yes|no|not|never|always|sometimes|mostly|most|sure|none|only|I do|all|every|less|nearly|gladly|would|okay|in\b|now and then|a (?:little|bit)|rarely|more|once|badly|pretty|maybe|like that|love|better|ask|up for|of course|honest|time|works|still|absolutely|I have|I try|I used|yet|pets|just|rather|much|shy|later|good|sad|so far|tried|it is|on )/i,
  ],
]

export const answersHaveForm: Rule = (corpus) => {
  const found: string[] = []
  for (const { question, answer } of exchanges(corpus)) {
    for (const [name, asks, fits] of FORMS) {
      if (asks.test(question) && !fits.test(answer.text)) found.push(`${name}: ${question} → ${answer.text}`)
    }
  }
  return found
}

/** What a question asks for, so that two wordings of one question count as one. */
const SAME: readonly (readonly [string, RegExp])[] = [
  ['day', /how (?:was|has been|is|'s) your day/i],
  ['week', /how (?:was|is|'s|has) your week/i],
  ['job', /what do you do (?:for (?:work|a living)|all day)|what kind of work/i],
  ['origin', /where (?:are you from|did you grow up|do you come from)/i],
  ['siblings', /brothers or sisters|siblings/i],
  ['pets', /\bany pets|have a pet\b/i],
  ['drink', /coffee or tea|tea or coffee/i],
  ['looking', /what (?:are you|were you) (?:looking|hoping)/i],
  ['watch', /what are you watching/i],
]

function questionsIn(text: string): string {
  return (text.match(/[^.!?]+\?/g) ?? []).join(' ')
}

export const nothingAskedTwice: Rule = (corpus) => {
  const found: string[] = []
  for (const thread of corpus.threads) {
    const asked = new Set<string>()
    for (const { k, text } of thread) {
      for (const [name, pattern] of SAME) {
        if (!pattern.test(questionsIn(text))) continue
        if (asked.has(`${k} ${name}`)) found.push(`${name} again: ${text}`)
        asked.add(`${k} ${name}`)
      }
      for (const sentence of text.match(/[^.!?]+\?/g) ?? []) {
        const plain = sentence
          .trim()
          .toLowerCase()
          .replace(/^(?:so|and|okay),? /, '')
        if (plain.length < 14) continue
        if (asked.has(`${k} ${plain}`) && !/still (?:on|good)|works? for you|free/.test(plain))
          found.push(`twice: ${text}`)
        asked.add(`${k} ${plain}`)
      }
    }
  }
  return found
}

const JOBS =
  /\b(?:I'm|I am|I work as|By day I'm|By day I am|became|become) (an? (?:[a-z]+ )?(?:nurse|teacher|engineer|barista|designer|accountant|therapist|cook|electrician|librarian|vet tech|social worker|hygienist|architect|mail carrier|paralegal|florist|mechanic|analyst|chef|hairdresser|park ranger|project manager|pharmacist|flight attendant|welder|museum guide|translator|estate agent|firefighter|technician|editor|carpenter|bookseller|bus driver|planner|copywriter|landscaper|assistant|tailor|auditor|scientist|writer|lawyer|baker|photographer|chemist))\b/gi

/** What people claim to be or to have, by kind; a person may make one claim of a kind. */
const CLAIMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['job', JOBS],
  [
    'siblings',
    /\b(only child|just me\b|I have (?:an? |two |three |four )(?:older |younger |twin )?(?:sisters?|brothers?|siblings))/gi,
  ],
  ['family', /\b(only child|my (?:(?:older|younger|little|twin|oldest) )?(?:sister|brother|niece|nephew)\b)/gi],
  [
    'city',
    /\b(I was born here|born and raised|(?:^|[.!] )all my life|my whole life|moved here|came here for|and moved to)\b/gi,
  ],
  ['hours', /\bI(?:'m| am) (?:a |an |the )?(night owl|night person|morning person|early bird|early one)\b/gi],
]

/** Claims that say the same. */
function claim(name: string, text: string): string {
  const lower = text.toLowerCase()
  if (name === 'family') return /only child/.test(lower) ? 'none' : 'some'
  if (name === 'siblings') return /only child|just me/.test(lower) ? 'none' : lower
  if (name === 'city') return /moved|came/.test(lower) ? 'moved' : 'native'
  if (name === 'hours') return /night/.test(lower) ? 'late' : 'early'
  return lower.replace(/^an? /, '')
}

export const factsAgree: Rule = (corpus) => {
  const claims = new Map<string, Set<string>>()
  const read = (k: number, text: string) => {
    for (const [name, pattern] of CLAIMS) {
      for (const [, said] of text.matchAll(pattern)) {
        const key = `${k} ${name}`
        const all = claims.get(key) ?? new Set()
        claims.set(key, all.add(claim(name, said!)))
      }
    }
  }
  for (const { k, bio } of corpus.people.values()) read(k, bio)
  for (const { k, text } of corpus.posts) read(k, text)
  for (const thread of corpus.threads) for (const { k, text } of thread) read(k, text)
  return [...claims].filter(([, all]) => all.size > 1).map(([key, all]) => `${key}: ${[...all].join(' / ')}`)
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Words that name a time of day or a day can be said then. */
const CLOCK: readonly (readonly [pattern: RegExp, holds: (said: Said) => boolean])[] = [
  [/\bgood morning\b/i, ({ minute }) => minute >= 3 * HOUR && minute < 12 * HOUR],
  [/(?:^|[.!] )good evening\b/i, ({ minute }) => minute >= 16 * HOUR],
  [/\btonight\b(?!\?| at|, right)/i, ({ minute }) => minute >= 8 * HOUR],
  [/\bhow (?:was|has been) your day\b/i, ({ minute }) => minute >= 16 * HOUR || minute < 4 * HOUR],
  [/\bhow is your morning\b/i, ({ minute }) => minute < 13 * HOUR],
  [
    /\bit(?:'s| is) monday\b|^monday[.!]/i,
    ({ weekday, minute }) => weekday === 1 || (weekday === 2 && minute < 4 * HOUR),
  ],
  [
    /\bit(?:'s| is) friday\b|^friday[.,!]/i,
    ({ weekday, minute }) => weekday === 5 || (weekday === 6 && minute < 4 * HOUR),
  ],
  [/\bhow is your weekend\b/i, ({ weekday }) => weekday === 0 || weekday === 6],
  [/\bthis weekend\b/i, ({ weekday }) => weekday !== 1],
]

export const clockIsRight: Rule = (corpus) => {
  const found: string[] = []
  const read = (said: Said) => {
    for (const [pattern, holds] of CLOCK) {
      if (pattern.test(said.text) && !holds(said))
        found.push(`${DAYS[said.weekday]} ${Math.floor(said.minute / HOUR)}:00: ${said.text}`)
    }
  }
  for (const post of corpus.posts) read(post)
  for (const thread of corpus.threads) for (const message of thread) read(message)
  return found
}

const PROPOSAL = /\b(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)\b/i
const AFTERWARDS =
  /nice time with you|still smiling about|smiled all the way home|keep thinking about (?:yesterday|today|\w+day)\b|\bthank you for (?:yesterday|today|\w+day)\b|lovely evening|I had a great time with you|even nicer in person|so \w+day was fun|had fun with you|last night was/i
const SETS =
  /(?:(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)[^?]*(?:\bat (?:\d+|noon)|evening)|how about (?:\w+day)|free on \w+day|\w+day (?:works|at)/i

/** Nobody praises a meeting before its day has come, and nobody asks twice within the hour whether it still holds. */
export const datesFollowTheClock: Rule = (corpus) => {
  const found: string[] = []
  for (const thread of corpus.threads) {
    let due = -1
    let confirmed = -1
    for (const { text, day, minute, weekday } of thread) {
      const named = PROPOSAL.exec(text)?.[1]?.toLowerCase()
      if (AFTERWARDS.test(text)) {
        if (due >= 0 && day < due) found.push(`before its day: ${text}`)
      } else if (named !== undefined && SETS.test(text)) {
        const ahead = (DAYS.indexOf(named) - weekday + 7) % 7
        due = day + ahead
      }
      if (/still (?:on|good|okay)[^?]*\?/i.test(text)) {
        const now = day * 1440 + minute
        if (confirmed >= 0 && now - confirmed < 60) found.push(`confirmed again: ${text}`)
        confirmed = now
      }
    }
  }
  return found
}

const INVITATION =
  /(?<!where )\b(?:would you (?:like to )?|do you want to |want to |shall we |how about we )(?:get|have|grab|meet|go|take|share|try|see) [^.!?]*\?|could I take you|let me take you/i

export const invitationsStayInTheMetro: Rule = (corpus) => {
  const found: string[] = []
  for (const thread of corpus.threads) {
    const metros = new Set(thread.map(({ k }) => corpus.people.get(k)!.metro))
    if (metros.size < 2) continue
    for (const { text } of thread) {
      if (INVITATION.test(text) && !/\bcall\b|phone|voice/i.test(text)) found.push(text)
    }
  }
  return found
}

const EMOJI = /\p{Extended_Pictographic}/u
const SIGNS = /\p{Extended_Pictographic}\uFE0F?/gu

export const caseIsConstant: Rule = (corpus) => {
  const found: string[] = []
  for (const [k, texts] of textsByPerson(corpus)) {
    const letters = texts.map((text) => /\p{L}/u.exec(text)?.[0] ?? '').filter((letter) => letter !== '')
    const small = letters.filter((letter) => letter === letter.toLowerCase()).length
    if (small > 0 && small < letters.length) found.push(`person ${k}: ${small} of ${letters.length} texts begin small`)
  }
  return found
}

export const emojiAreAHabit: Rule = (corpus) => {
  const found: string[] = []
  for (const [k, texts] of textsByPerson(corpus)) {
    const with_ = texts.filter((text) => EMOJI.test(text))
    const kinds = new Set(with_.flatMap((text) => text.match(SIGNS) ?? []))
    if (texts.length >= 12 && with_.length > 0.6 * texts.length)
      found.push(`person ${k}: ${with_.length} of ${texts.length}`)
    if (kinds.size > 6) found.push(`person ${k}: ${kinds.size} different ones`)
    for (const text of with_)
      if (/not ready|no hard feelings|take care|feel the spark|good luck out there/i.test(text)) found.push(text)
  }
  return found
}

function textsByPerson(corpus: Corpus): Map<number, string[]> {
  const texts = new Map<number, string[]>()
  const add = (k: number, text: string) => {
    const all = texts.get(k) ?? []
    texts.set(k, all)
    all.push(text)
  }
  for (const { k, bio } of corpus.people.values()) if (bio !== '') add(k, bio)
  for (const { k, text } of corpus.posts) add(k, text)
  for (const thread of corpus.threads) for (const { k, text } of thread) add(k, text)
  return texts
}

const NOUNS = [...new Set(INTERESTS.map(({ noun }) => noun.toLowerCase()))].map((noun) => ({
  noun,
  twice: new RegExp(`\\b${noun}\\b.*\\b${noun}\\b`, 'i'),
}))

/** A message names an interest once: neither does an opener say it twice, nor a reaction what the answer says as well. */
export const nothingNamedTwice: Rule = (corpus) => {
  const found: string[] = []
  for (const thread of corpus.threads) {
    for (const { text } of thread) {
      if (NOUNS.some(({ twice }) => twice.test(text))) found.push(text)
    }
  }
  return found
}

/** °C from which a thing can be done or seen there. */
const WEATHER: readonly (readonly [pattern: RegExp, holds: (celsius: number) => boolean])[] = [
  [
    /\b(?:snow(?:ing)?|ice on|on the ice|icy|can see my own breath|frozen)\b(?! (?:pizza|peas|yogurt))/i,
    (mean) => mean <= 6,
  ],
  [/\b(?:melting|too hot|so hot|the heat|sunburn|heat wave)\b/i, (mean) => mean >= 20],
  [/\b(?:surf(?:ed|ing)?|kayak(?:ed|ing)?|snorkel(?:ed|ing)?|picnics?(?! point))\b/i, (mean) => mean >= 5],
  [/\b(?:ski(?:ed|ing)?|slopes?)\b/i, (mean) => mean <= 10],
]

const WEATHER_NOW: typeof WEATHER = [
  [/\bit(?:'s| is) so cold\b|white and quiet|dig out the front steps|indoors\. *$/i, (mean) => mean <= 6],
  [/\bit(?:'s| is) (?:so|too) hot\b|because of the heat|candles are bending/i, (mean) => mean >= 20],
  [/\bleaves are coming down\b|\bsuddenly green\b/i, (mean) => mean < 20],
]

export const weatherFitsThePlace: Rule = (corpus) => {
  const found: string[] = []
  const read = ({ k, text, month }: Said, patterns: typeof WEATHER) => {
    const { city, temperature } = corpus.people.get(k)!
    for (const [pattern, holds] of patterns) {
      if (pattern.test(text) && !holds(temperature(month))) found.push(`${city} in month ${month}: ${text}`)
    }
  }
  for (const post of corpus.posts) read(post, WEATHER)
  // In a conversation one speaks of last winter, too: only what is so just now counts.
  for (const thread of corpus.threads) for (const message of thread) read(message, WEATHER_NOW)
  return found
}

/** Gerunds, articles and agreement: what spoken English never has. The list is this rule's documentation. */
const UNGRAMMATICAL: readonly RegExp[] = [
  /\btime for (?:spending|taking|having) (?:time|days)\b/i,
  /\b(?:can|could|will|would|should|must|might) (?!during|bring|sing|string|swing|cling|sling|spring|sting|wing|king|ring|evening|morning|nothing|anything|something)\w+ing\b/i,
  /\bout at the woods\b/i,
  /\b(?:long|short) (?:morning|afternoon|evening) on \w+ing\b/i,
  /\b(?:he|she|it) (?:have|do|are|owe|go|were)\b/i,
  /\bmy (?:brother|sister|mom|dad|boss|neighbor) (?:\w+ )?(?:owe|are|have) them\b/i,
  /(?<!and )\bI (?:is|are|has|does)\b/,
  /\b(?:they|we|you) (?:is|was|has|does)\b(?! that)/i,
  /\b(?:much|some|a bit of|hours of) (?:the|dogs|cats)\b/i,
  /\bdo(?:es)? not you\b|\bis not it\b|\bcan not\b/i,
  /\b(?:a|an) (?:a|an|the)\b/i,
  /\bfind time for \w+ing to\b/i,
  /\b(?:is|are|was|were) (?:is|are|was|were)\b/i,
]

export const grammarIsRight: Rule = (corpus) => {
  const found: string[] = []
  for (const [, texts] of textsByPerson(corpus)) {
    for (const text of texts) {
      const bad = problems(text)
      const rule = UNGRAMMATICAL.find((pattern) => pattern.test(text))
      if (bad.length > 0) found.push(`${bad.join('; ')} in: ${text}`)
      if (rule !== undefined) found.push(`${rule.exec(text)![0]} in: ${text}`)
    }
  }
  return found
}

const SHORTENED = /\b(?:\w+n't|I'm|it's|that's|you're|I've|I'll|I'd)\b/gi
const SPELLED = /\b(?:do|does|did|is|are|was|would|have|has) not\b|\bcannot\b|\bI am (?=[a-z])|\bit is (?=[a-z])/gi

/** Contractions are a habit: a person has it or has it not, and most people do. */
export const contractionsAreAHabit: Rule = (corpus) => {
  const found: string[] = []
  let short = 0
  let long = 0
  for (const [k, texts] of textsByPerson(corpus)) {
    const count = (pattern: RegExp) => texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0)
    const [contracted, spelled] = [count(SHORTENED), count(SPELLED)]
    if (contracted > spelled) short++
    else if (spelled > contracted) long++
    if (contracted + spelled >= 12 && Math.min(contracted, spelled) > 0.25 * (contracted + spelled))
      found.push(`person ${k} contracts ${contracted} times and spells out ${spelled} times`)
  }
  if (long > short) found.push(`${long} people spell everything out, ${short} contract`)
  return found
}
