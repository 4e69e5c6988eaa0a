import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { badInput } from '../../../../sim/kernel/index.ts'

const ENDINGS = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts']
/** Before what we want to know: a configuration may say things of its own. */
const MARK = '\u0001'

/** Prisma's configuration of a project; undefined where it has none. */
function prismaConfigOf(project: string): string | undefined {
  const places = ['prisma.config', join('.config', 'prisma')].flatMap((name) =>
    ENDINGS.map((ending) => `${name}.${ending}`),
  )
  return places.map((place) => join(project, place)).find((place) => existsSync(place))
}

/**
 * The schema that Prisma's configuration names. It is a program, and is carried out as Prisma would, in a process of its own.
 * @returns a path from the project; undefined where there is no configuration or it names none
 * @throws MingleError BAD_INPUT when it cannot be carried out
 */
export function configuredSchema(project: string): string | undefined {
  const file = prismaConfigOf(project)
  const schema = file && carriedOut(project, file).schema
  if (!file || !schema) return undefined
  return isAbsolute(schema) ? schema : join(relative(project, dirname(file)), schema)
}

/** The database that Prisma's configuration names, with Prisma 7. @throws MingleError BAD_INPUT when it cannot be carried out */
export function configuredUrl(project: string): string | undefined {
  const file = prismaConfigOf(project)
  return (file && carriedOut(project, file).url) || undefined
}

interface Configured {
  readonly schema: string | null
  readonly url: string | null
}

function carriedOut(project: string, file: string): Configured {
  const load = {
    cwd: dirname(file),
    configFile: basename(file),
    rcFile: false,
    globalRc: false,
    packageJson: false,
    dotenv: false,
  }
  const code =
    `import { loadConfig } from ${JSON.stringify(import.meta.resolve('c12'))}\n` +
    `const { config } = await loadConfig(${JSON.stringify(load)})\n` +
    `process.stdout.write(${JSON.stringify(MARK)} + JSON.stringify({ schema: config?.schema ?? null, url: config?.datasource?.url ?? null }))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: project,
    encoding: 'utf8',
  })
  const said = stdout.split(MARK)[1]
  if (status !== 0 || said === undefined) {
    const why = stderr.split('\n').find((line) => /Error/.test(line)) ?? stderr.split('\n')[0]
    throw badInput(
      `${relative(project, file)} cannot be carried out (${why?.trim()}); mend it, or say --schema <file or folder>`,
    )
  }
  return JSON.parse(said) as Configured
}
