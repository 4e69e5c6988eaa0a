import { TOPICS } from '../../../vocabulary.ts'
import { FLASH_BASE, flashTopic, renderFlashPost } from './flash.ts'
import { MARKED_BASE, renderMarkedPost } from './marked.ts'
import { renderTopicPost, TOPIC_SPAN } from './post.ts'

/** The text of a post: a function of the three integers alone. */
export function renderPost(template: number, variant: number, operand: number): string {
  if (template >= MARKED_BASE) return renderMarkedPost(template, variant, operand)
  return template >= FLASH_BASE
    ? renderFlashPost(template, variant, operand)
    : renderTopicPost(template, variant, operand)
}

/** Code of the topic of a post, for instance for `Speaker.lastPostTopic`. */
export function postTopic(template: number, operand: number): number {
  if (template >= MARKED_BASE) return TOPICS.indexOf('everyday')
  return template >= FLASH_BASE ? flashTopic(operand) : Math.floor(template / TOPIC_SPAN) % TOPICS.length
}
