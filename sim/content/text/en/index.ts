export { type BioWriter, generateBio } from './bio/bio.ts'
export { writerWord } from './persona/persona.ts'
export {
  generateMessageThread,
  generatePostText,
  type Personality,
  type Talker,
  type ThreadMessage,
} from './plan-names.ts'
export {
  drawFlashPost,
  FESTIVAL_BASE,
  flashName,
  flashTopic,
  HOLIDAYS,
  type Holiday,
  TREND_BASE,
} from './post/flash.ts'
export {
  drawMarkedMessage,
  drawMarkedPost,
  MARKED_KINDS,
  type MarkedKind,
  markedText,
  markOf,
  markOfMessage,
  renderMarkedMessage,
} from './post/marked.ts'
export { drawPost, type PostDraft, type PostWriter } from './post/post.ts'
export { postTopic, renderPost } from './post/render.ts'
export * from './talk/index.ts'
export { inWordsOf } from './words/interest-words.ts'
