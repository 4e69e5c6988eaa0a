import { renderMessage, renderPost } from '../sim/content/index.ts'
import type { Texts } from './rows/day.ts'

/** The words of the content folder. */
export const CONTENT_TEXTS: Texts = { post: renderPost, message: renderMessage }
