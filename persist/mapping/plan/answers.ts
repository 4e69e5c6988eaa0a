import type { AnswerForm } from '../config/config.ts'
import type { Draft } from './drafts.ts'

/** How the answers of a quiz are spelled where the mapping does not say: by keys, where the site has such rows. */
export function usualForm(drafts: readonly Draft[]): AnswerForm {
  const question = drafts.some(({ source }) => source === 'question') ? 'id' : 'position'
  const options = drafts.filter(({ source }) => source === 'option')
  const valued = options.every(({ assignments }) => assignments.some(({ column }) => column === 'value'))
  return { question, option: valued ? 'value' : 'id' }
}
