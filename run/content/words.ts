import { z } from 'zod'
import { GENDERS, type OwnWords, TOPICS } from '../../sim/index.ts'
import { readChecked } from './read-file.ts'

const texts = z.array(z.string().min(1).max(2000)).min(1)
const names = z.array(z.string().min(1).max(60)).min(1)

/** Words of one's own: names, bios, posts. */
export const WORDS_FILE = z.strictObject({
  $schema: z.string().optional(),
  names: z
    .strictObject({
      ...(Object.fromEntries(GENDERS.map((gender) => [gender, names.optional()])) as Record<
        (typeof GENDERS)[number],
        z.ZodOptional<typeof names>
      >),
      last: names.optional(),
    })
    .optional()
    .describe('First names by gender, and last names'),
  bios: texts.optional().describe('{name}, {city}, {interest} and {other} stand for what is the person’s own'),
  posts: z
    .strictObject(
      Object.fromEntries(TOPICS.map((topic) => [topic, texts.optional()])) as Record<
        (typeof TOPICS)[number],
        z.ZodOptional<typeof texts>
      >,
    )
    .optional()
    .describe('Posts by topic'),
})

/** @throws MingleError BAD_INPUT for what is no such file */
export function readWords(file: string): OwnWords {
  const { $schema: _, ...words } = readChecked(file, WORDS_FILE, 'words')
  return words as OwnWords
}
