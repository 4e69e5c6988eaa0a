/** What users write themselves: people, names, bios, posts. */
import { z } from 'zod'
import { PERSONAS_FILE } from './persona-file.ts'
import { PERSONA_SETS } from './personas.ts'
import { QUIZZES_FILE, quizzesExample } from './quizzes.ts'
import { TAXONOMY_FILE, taxonomyExample } from './taxonomy.ts'
import { WORDS_FILE } from './words.ts'

export type { Persona } from './persona-file.ts'
export { givenPeople, PERSONA_SETS, readPersonas } from './personas.ts'
export { readQuizzes } from './quizzes.ts'
export { readTaxonomy } from './taxonomy.ts'
export { readWords } from './words.ts'

const FILES = { personas: PERSONAS_FILE, words: WORDS_FILE, quizzes: QUIZZES_FILE, taxonomy: TAXONOMY_FILE } as const
export type ContentFile = keyof typeof FILES
export const CONTENT_FILES = Object.keys(FILES) as readonly ContentFile[]

/** The JSON Schema of a file, for an editor to complete it. */
export function jsonSchema(file: ContentFile): object {
  return z.toJSONSchema(FILES[file], { io: 'input' })
}

/** A file to begin with. */
export function contentExample(file: ContentFile): object {
  if (file === 'personas') return { $schema: './personas.schema.json', people: PERSONA_SETS['feed-demo'] }
  if (file === 'quizzes') return quizzesExample()
  if (file === 'taxonomy') return taxonomyExample()
  return {
    $schema: './words.schema.json',
    names: { woman: ['Anna', 'Lena'], man: ['Jonas', 'Paul'], nonbinary: ['Kim'], last: ['Becker', 'Vogt'] },
    bios: ['{name} from {city}. {interest}, {other}, and no small talk.'],
    posts: { food: ['Soup again. No regrets.'], everyday: ['Monday, but make it short.'] },
  }
}
