import { TOPICS } from '../../../vocabulary.ts'
import { FLASH_BASE, flashTopic, renderFlashPost } from './flash.ts'
import { renderTopicPost, TOPIC_SPAN } from './post.ts'

/** The text of a post: a function of the three integers alone. */
export function renderPost(template: number, variant: number, operand: number): string {
  return template >= FLASH_BASE
    ? renderFlashPost(template, variant, operand)
    : renderTopicPost(template, variant, operand)
}

/** Code of the topic of a post, for instance for `Speaker.lastPostTopic`. */
export function postTopic(template: number, operand: number): number {
  return template >= FLASH_BASE ? flashTopic(operand) : Math.floor(template / TOPIC_SPAN) % TOPICS.length
}
