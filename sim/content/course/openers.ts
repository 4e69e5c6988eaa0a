import { Q, S } from './acts.ts'
import type { Draft } from './draft.ts'

/** Weights of the openings that a profile allows (chosen): about a shared interest, theirs, their post, city, bio. */
const SHARED = 5
const THEIRS = 3
const POST = 2
const CITY = 1
const SAME_CITY = 2
const BIO = 1.5

/** Archetype code of those who rather just say hello. */
const CASUAL = 5

/** Opens a thread on something in the reader's profile; the less sociable often just say hello. */
export function chooseOpener(draft: Draft): void {
  const { stream, sender, recipient, memory } = draft
  memory.stage = 1
  const hello =
    0.08 + 0.4 * (1 - sender.sociability) * (1 - sender.sociability) + (sender.archetype === CASUAL ? 0.15 : 0)
  if (stream.chance(hello)) {
    sayHello(draft)
    return
  }
  const interest = draft.theirInterest()
  const shared = interest >= 0 && draft.shares(interest)
  const onInterest = interest < 0 ? 0 : shared ? SHARED : THEIRS
  const onPost = recipient.lastPostTopic < 0 ? 0 : POST
  const onCity = recipient.city < 0 ? 0 : recipient.city === sender.city ? SAME_CITY : CITY
  const onBio = recipient.hasBio ? BIO : 0
  let draw = stream.next() * (onInterest + onPost + onCity + onBio)
  if ((draw -= onInterest) < 0) openOnInterest(draft, interest, shared)
  else if ((draw -= onPost) < 0) open(draft, S.openPost, Q.post, recipient.lastPostTopic)
  else if ((draw -= onCity) < 0) open(draft, S.openCity, stream.chance(0.5) ? Q.city : Q.spot, recipient.city)
  else if (onBio > 0) open(draft, S.openBio, Q.bio, -1)
  else sayHello(draft)
}

function open(draft: Draft, statement: number, question: number, operand: number): void {
  draft.say(statement, operand)
  draft.ask(question, operand)
}

function sayHello(draft: Draft): void {
  draft.say(S.openHello, -1)
  draft.ask(Q.hello, -1)
}

function openOnInterest(draft: Draft, interest: number, shared: boolean): void {
  draft.say(shared ? S.openBoth : S.openTheirs, interest)
  const kind = draft.stream.nextInt(4)
  if (draft.ask(kind === 0 ? Q.often : kind === 1 ? Q.best : kind === 2 && !shared ? Q.tips : Q.start, interest)) return
  draft.ask(Q.best, interest)
}
