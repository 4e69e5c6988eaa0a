/** Variables by which Prisma is told where its engines are; naming any program satisfies a command that needs none of them. */
const ENGINES = ['PRISMA_SCHEMA_ENGINE_BINARY', 'PRISMA_QUERY_ENGINE_LIBRARY', 'PRISMA_QUERY_ENGINE_BINARY'] as const

/**
 * Prisma's command line looks for its engines (5 and 6 have two) even when a command needs none, and would download them.
 * @returns the environment with every engine named, where it names none
 */
export function withEngines(environment: NodeJS.ProcessEnv, program: string): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(ENGINES.map((name) => [name, program])), ...environment }
}

/** What to do where Prisma ended for want of an engine; null where it ended for another reason. @param said its own words */
export function engineAdvice(said: string, program: string): string | null {
  if (/P1012|schema validation|validating/i.test(said)) return null
  const [, name, path] = /Env var (PRISMA_\w+) is provided but provided path (.*?) can't be resolved/.exec(said) ?? []
  if (name !== undefined) {
    return `${name} names ${path}, which is not there, so no file was changed; unset it, or set it to any program, such as ${program}`
  }
  const download =
    /binaries\.prisma\.sh|failed to fetch (?:the )?(?:sha256|engine)|\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)\b/i
  if (!download.test(said)) return null
  const first = said
    .split('\n')
    .find((line) => download.test(line))!
    .trim()
  return (
    `Prisma looks for an engine of its own and cannot download it, so no file was changed; Mingle needs none: set ` +
    `${ENGINES[0]}, and with Prisma 5 and 6 ${ENGINES[1]}, to any program, such as ${program}. It says: ${first}`
  )
}
