export { type BioWriter, generateBio } from './bio.ts'
export { drawFlashPost, FESTIVAL_BASE, flashName, flashTopic, HOLIDAYS, type Holiday, TREND_BASE } from './flash.ts'
export {
  generateMessageThread,
  generatePostText,
  type Personality,
  type Talker,
  type ThreadMessage,
} from './plan-names.ts'
export { drawPost, type PostDraft, type PostWriter } from './post.ts'
export { postTopic, renderPost } from './render-post.ts'
export {
  composeMessage,
  type MessageAct,
  type MessageDraft,
  Move,
  messageAct,
  QUESTIONS,
  type Question,
  questionOperand,
  renderMessage,
  type Speaker,
  statementOperand,
  THREAD_WORDS,
  type ThreadStage,
  threadDateSet,
  threadEnded,
  threadStage,
} from './talk/index.ts'
