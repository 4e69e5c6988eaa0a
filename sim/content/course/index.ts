/**
 * How far two people come with each other: small talk, interests, personal matters, a plan to meet. A course is behaviour
 * and no words: whether there is a date decides who leaves the site. What they say on the way is a pack's
 * (`text/`), so that no line of text moves a fact of another kind.
 */
export { Q, QUESTIONS, type Question, S, STATEMENTS } from './acts.ts'
export { COURSE_WORDS, Phase, type ThreadStage, threadDateSet, threadEnded, threadStage } from './memory.ts'
export type { Speaker } from './speaker.ts'
export { type CourseStep, Move, stepCourse } from './step.ts'
