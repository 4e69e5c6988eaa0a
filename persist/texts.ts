import { renderPost } from '../sim/content/text/index.ts'
import { renderMessage } from '../sim/content/text/talk/index.ts'
import type { Texts } from './rows/day.ts'

/** The words of the content folder. */
export const CONTENT_TEXTS: Texts = { post: renderPost, message: renderMessage }
