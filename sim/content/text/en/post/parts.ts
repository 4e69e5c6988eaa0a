import { TOPICS } from '../../../vocabulary.ts'
import { type LineTable, lazyTable } from '../talk/line-table.ts'
import {
  AFTER_POSTS,
  EVE_POSTS,
  FESTIVAL_POSTS,
  HOLIDAY_POSTS,
  LOCAL_TREND_POSTS,
  TREND_POSTS,
} from './lines/flashes.ts'
import { INTEREST_POSTS } from './lines/interests.ts'
import { TOPIC_POSTS } from './lines/topics/index.ts'

/** Groups of post lines: the topics, an interest, the holidays, their eves, the days after, festivals, trends, those of a city. */
export const INTEREST_GROUP = TOPICS.length
export const HOLIDAY_GROUP = INTEREST_GROUP + 1
export const EVE_GROUP = HOLIDAY_GROUP + HOLIDAY_POSTS.length
export const AFTER_GROUP = EVE_GROUP + 1
export const FESTIVAL_GROUP = AFTER_GROUP + 1
export const TREND_GROUP = FESTIVAL_GROUP + 1
export const LOCAL_TREND_GROUP = TREND_GROUP + 1

/** A line that asks everybody something may go on with a word to that. */
function prompting(line: string): string {
  const outside = line.replace(/\[[^\]]*\]/g, '').replace(/"[^"]*"/g, '')
  return outside.includes('?') && !/\{(?:tail|ask|start|love|story|detaila)\^?\}/.test(line) ? `${line} {prompt}` : line
}

export const postPart: () => LineTable = lazyTable(() =>
  [
    ...TOPICS.map((topic) => TOPIC_POSTS[topic]),
    INTEREST_POSTS,
    ...HOLIDAY_POSTS,
    EVE_POSTS,
    AFTER_POSTS,
    FESTIVAL_POSTS,
    TREND_POSTS,
    LOCAL_TREND_POSTS,
  ].map((lines) => lines.map(prompting)),
)

/** Group of a post's line. */
export function groupOf(template: number): number {
  return postPart().group[template]!
}
