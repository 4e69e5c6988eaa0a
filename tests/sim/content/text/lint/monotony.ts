import type { Corpus, Said } from './corpus.ts'

/** Greetings without more, which people do repeat. */
const GREETING = /^(?:hey|hi|hello|oh hi|good (?:morning|evening))\b/i

/** Different messages by messages, first greetings aside. */
export function distinctShare(corpus: Corpus): number {
  const texts = corpus.threads.flatMap((thread) =>
    thread.filter(({ text }, i) => i > 0 || !GREETING.test(text)).map(({ text }) => text),
  )
  return new Set(texts).size / texts.length
}

/** How many stand of the commonest, for each of so many, and which it is. */
export function commonestShare(items: readonly string[]): { text: string; share: number } {
  const counts = new Map<string, number>()
  let best = ''
  for (const item of items) {
    const count = (counts.get(item) ?? 0) + 1
    counts.set(item, count)
    if (count > (counts.get(best) ?? 0)) best = item
  }
  return { text: best, share: (counts.get(best) ?? 0) / items.length }
}

/** The pair of lines, one after the other, that the most threads have, and the share of threads that have it. */
export function commonestPair(corpus: Corpus, lineOf: (said: Said) => string): { text: string; share: number } {
  const threads = new Map<string, number>()
  let best = ''
  for (const thread of corpus.threads) {
    const pairs = new Set<string>()
    for (let i = 1; i < thread.length; i++) pairs.add(`${lineOf(thread[i - 1]!)} | ${lineOf(thread[i]!)}`)
    for (const pair of pairs) {
      threads.set(pair, (threads.get(pair) ?? 0) + 1)
      if (threads.get(pair)! > (threads.get(best) ?? 0)) best = pair
    }
  }
  return { text: best, share: (threads.get(best) ?? 0) / corpus.threads.length }
}

/** The run of five words that the most texts have, and the share of texts that have it. */
export function commonestPhrase(texts: readonly string[], words: number): { text: string; share: number } {
  const counts = new Map<string, number>()
  let best = ''
  for (const text of texts) {
    const all = text.toLowerCase().match(/[\p{L}\d'-]+/gu) ?? []
    const phrases = new Set<string>()
    for (let i = 0; i + words <= all.length; i++) phrases.add(all.slice(i, i + words).join(' '))
    for (const phrase of phrases) {
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
      if (counts.get(phrase)! > (counts.get(best) ?? 0)) best = phrase
    }
  }
  return { text: best, share: (counts.get(best) ?? 0) / texts.length }
}

/** Share of messages that hold a question, and of threads that end on one. */
export function questionShares(corpus: Corpus): { messages: number; endings: number } {
  const messages = corpus.threads.flat()
  const asked = messages.filter(({ text }) => text.includes('?')).length
  const endings = corpus.threads.filter((thread) => thread.length > 2 && thread.at(-1)!.text.includes('?')).length
  return {
    messages: asked / messages.length,
    endings: endings / corpus.threads.filter(({ length }) => length > 2).length,
  }
}
