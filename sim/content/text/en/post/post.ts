import type { Stream } from '../../../../kernel/index.ts'
import { INTERESTS } from '../../../interests.ts'
import { ARCHETYPES, TOPICS } from '../../../vocabulary.ts'
import { expand } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { inVoice, voiced } from '../words/voice.ts'
import { POST_TEMPLATES } from './templates.ts'

/** What a post needs to know of its writer: archetype code, interest ids, city id. */
export interface PostWriter {
  readonly archetype: number
  readonly interests: readonly number[]
  readonly city: number
}

/** A post before it is written out: three 32-bit integers. */
export interface PostDraft {
  template: number
  variant: number
  /** Interest id, or −1. */
  operand: number
}

/** Template ids: topic · 256 + position in the topic's list. Ids above `FLASH_BASE` belong to `flash.ts`. */
export const TOPIC_SPAN = 256
/** Share of posts on a topic that are about an interest of the writer's, when there is one (chosen). */
const INTEREST_SHARE = 0.65

/** Letters with which a template names the archetypes that may use it, in the order of `ARCHETYPES`. */
const LETTERS = 'aisctk'
const TAG = /^([aisctk]+)> /
const INTEREST_SLOT = /\{(noun|doing|do|name|tag)\}/

export function templateText(tagged: string): string {
  return tagged.replace(TAG, '')
}

/** Whether the template is written in lower case: those that are for the casual alone. */
export function isSmall(tagged: string): boolean {
  return tagged.startsWith('k> ')
}

/** Whether the archetype may use the template; an untagged one is everybody's. */
export function suits(tagged: string, archetype: number): boolean {
  const tag = TAG.exec(tagged)
  return tag === null || tag[1]!.includes(LETTERS[archetype]!)
}

/** Template ids by topic, archetype and whether they speak of an interest: index (topic · 6 + archetype) · 2 + 0|1. */
const CHOICES: readonly Int32Array[] = TOPICS.flatMap((topic, code) =>
  ARCHETYPES.flatMap((_, archetype) =>
    [false, true].map((interest) =>
      Int32Array.from(
        POST_TEMPLATES[topic]
          .map((text, position) => ({ text, id: code * TOPIC_SPAN + position }))
          .filter(({ text }) => suits(text, archetype) && INTEREST_SLOT.test(text) === interest)
          .map(({ id }) => id),
      ),
    ),
  ),
)

/** One of the writer's interests on the topic, each equally likely; −1 if there is none. */
function interestOn(stream: Stream, interests: readonly number[], topic: number): number {
  let found = -1
  let count = 0
  for (let i = 0; i < interests.length; i++) {
    if (INTERESTS[interests[i]!]!.topic !== topic) continue
    count++
    if (count === 1 || stream.nextInt(count) === 0) found = interests[i]!
  }
  return found
}

/** Draws a post on a topic (its code) into `out`. */
export function drawPost(stream: Stream, who: PostWriter, topic: number, out: PostDraft): void {
  let interest = interestOn(stream, who.interests, topic)
  if (interest >= 0 && !stream.chance(INTEREST_SHARE)) interest = -1
  const ids = CHOICES[(topic * ARCHETYPES.length + who.archetype) * 2 + (interest >= 0 ? 1 : 0)]!
  out.template = ids[stream.nextInt(ids.length)]!
  out.variant = voiced(stream.nextUint32(), who.archetype, stream.next())
  out.operand = interest
}

/** The text of a post of the fourteen topics. */
export function renderTopicPost(template: number, variant: number, operand: number): string {
  const topic = TOPICS[Math.floor(template / TOPIC_SPAN)]
  const tagged = topic === undefined ? undefined : POST_TEMPLATES[topic][template % TOPIC_SPAN]
  if (topic === undefined || tagged === undefined) throw new Error(`there is no post template ${template}`)
  const grown = expand(templateText(tagged), variant, (slot) => interestWord(operand, slot))
  return inVoice(polish(grown), variant, `emoji:${topic}`, isSmall(tagged))
}
