export { drawPost, type PostDraft, type PostWriter, renderTopicPost as renderPost } from './post.ts'
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
