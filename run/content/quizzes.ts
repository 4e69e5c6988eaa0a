import { z } from 'zod'
import { ARCHETYPES, type Archetype, badInput, QUIZ_QUESTIONS, QUIZZES, type Quiz } from '../../sim/index.ts'
import { readChecked } from './read-file.ts'

const label = z.string().min(1).max(191)

const QUESTION = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,59}$/)
    .describe('Unique in its quiz; what personas answer by'),
  prompt: z.string().min(1).max(500),
  options: z
    .array(label)
    .min(2)
    .max(26)
    .describe('Along a scale from one pole to the other: answers are compared by it'),
  preferred: z
    .strictObject(
      Object.fromEntries(ARCHETYPES.map((name) => [name, label.optional()])) as Record<
        Archetype,
        z.ZodOptional<typeof label>
      >,
    )
    .optional()
    .describe('The option that people of an archetype tend to; one is drawn from the key where none is given'),
})

/** Quizzes of one's own, in the place of Mingle's. */
export const QUIZZES_FILE = z.strictObject({
  $schema: z.string().optional(),
  quizzes: z
    .array(
      z.strictObject({
        slug: z
          .string()
          .regex(/^[a-z][a-z0-9_-]{0,59}$/)
          .describe('Unique in the database'),
        title: z.string().min(1).max(191),
        questions: z.array(QUESTION).min(1).max(60),
      }),
    )
    .min(1)
    .max(20)
    .describe(`People are compared by the first; it has at most ${QUIZ_QUESTIONS} questions`),
})
type QuizzesFile = z.infer<typeof QUIZZES_FILE>

/** @throws MingleError BAD_INPUT for what is no such file, naming the quiz and the question */
export function readQuizzes(file: string): readonly Quiz[] {
  const { quizzes } = readChecked(file, QUIZZES_FILE, 'quizzes')
  const [first] = quizzes
  if (first!.questions.length > QUIZ_QUESTIONS) {
    throw badInput(
      `${file}: quizzes.0.questions has ${first!.questions.length}; expected at most ${QUIZ_QUESTIONS}, since people are ` +
        'compared by them: put the others into a further quiz',
    )
  }
  unique(file, 'quizzes', 'slug', quizzes)
  return quizzes.map(({ slug, title, questions }, id) => {
    const at = `quizzes.${id}.questions`
    unique(file, at, 'key', questions)
    return { id, slug, title, questions: questions.map((question, i) => questionOf(question, `${file}: ${at}.${i}`)) }
  })
}

function questionOf(
  { key, prompt, options, preferred = {} }: QuizzesFile['quizzes'][number]['questions'][number],
  at: string,
): Quiz['questions'][number] {
  if (new Set(options).size < options.length) throw badInput(`${at}.options has one twice; expected different ones`)
  const code = ARCHETYPES.map((archetype, i) => {
    const given = preferred[archetype]
    if (given === undefined) return spread(key, i, options.length)
    const option = options.indexOf(given)
    if (option < 0) {
      throw badInput(`${at}.preferred.${archetype} is "${given}"; expected one of ${options.join(', ')}`)
    }
    return option
  })
  return { key, prompt, options, preferred: code }
}

/** Archetypes differ in what they tend to, question by question, where nobody says what. */
function spread(key: string, archetype: number, options: number): number {
  let hash = archetype * 7
  for (const letter of key) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return hash % options
}

function unique<K extends string>(file: string, at: string, name: K, items: readonly { readonly [N in K]: string }[]) {
  const twice = items.findIndex((item, i) => items.findIndex((other) => other[name] === item[name]) < i)
  if (twice < 0) return
  throw badInput(`${file}: ${at}.${twice}.${name} is "${items[twice]![name]}", as another's; expected each once`)
}

/** Mingle's own, as a file to begin with. */
export function quizzesExample(): QuizzesFile {
  return {
    $schema: './quizzes.schema.json',
    quizzes: QUIZZES.map(({ slug, title, questions }) => ({
      slug,
      title,
      questions: questions.map(({ key, prompt, options, preferred }) => ({
        key,
        prompt,
        options: [...options],
        preferred: Object.fromEntries(ARCHETYPES.map((name, i) => [name, options[preferred[i]!]!])),
      })),
    })),
  } as QuizzesFile
}
