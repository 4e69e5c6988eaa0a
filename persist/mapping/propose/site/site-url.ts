import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { badInput } from '../../../../sim/kernel/index.ts'
import { prismaMajor } from '../../metadata/prisma-version.ts'
import { configuredUrl } from './prisma-config.ts'
import { findPrismaSchema, type PrismaSchema } from './prisma-schema.ts'

/** The environment variable that a schema of Prisma 5 and 6 names, and everybody else takes. */
const USUAL = 'DATABASE_URL'

/**
 * The database of a project as its Prisma finds it: the environment, `.env` beside `package.json` or the schema, `prisma.config.*`,
 * or the schema itself; a `file:` URL is relative to where that version takes it.
 * @param environment such as `process.env`
 * @throws MingleError BAD_INPUT when nothing names one
 */
export function siteUrl(project: string, environment: Readonly<Record<string, string | undefined>>): string {
  const schema = schemaOf(project)
  const said = schema && /^\s*url\s*=\s*(?:env\(\s*"([^"]+)"\s*\)|"([^"]+)")/m.exec(datasourceOf(schema))
  const variable = said?.[1] ?? USUAL
  const files = [project, ...(schema ? [folderOf(schema)] : [])].map((folder) => join(folder, '.env'))
  const known = [environment, ...[...new Set(files)].filter((file) => existsSync(file)).map(readEnv)]
  const named = known.map((values) => values[variable]).find((value) => value)
  const url = named === undefined ? (configuredUrl(project) ?? said?.[2]) : expanded(named, known)
  if (url) return inPlace(url, project, schema)
  const places = [...new Set(files)].map((file) => relative(project, file)).join(' nor in ')
  throw badInput(
    `${variable} is not set, neither in the environment nor in ${places}; set it there, or say --database-url, such as ` +
      '--database-url file:./prisma/dev.db',
  )
}

/** A `file:` URL with the path that the project's Prisma means: up to version 6 it is relative to the schema's folder. */
export function inPlace(url: string, project: string, schema = schemaOf(project)): string {
  const [, path = '', query = ''] = /^file:([^?]*)(.*)$/.exec(url) ?? []
  if (path === '' || isAbsolute(path) || !schema) return url
  const major = prismaMajor(join(project, 'package.json'))
  if (major === undefined || major >= 7) return url
  const file = resolve(folderOf(schema), path)
  // A file that is where this command stands, and not where Prisma looks, was made by whoever named it.
  if (!existsSync(file) && existsSync(resolve(project, path))) return url
  return `file:${file}${query}`
}

function schemaOf(project: string): PrismaSchema | undefined {
  try {
    return findPrismaSchema(project, undefined)
  } catch {
    return undefined
  }
}

const folderOf = ({ path, folder }: PrismaSchema) => (folder ? path : dirname(path))

function datasourceOf({ bare }: PrismaSchema): string {
  return /^\s*datasource\s+\w+\s*\{([\s\S]*?)^\s*\}/m.exec(bare)?.[1] ?? ''
}

function readEnv(file: string): Record<string, string | undefined> {
  return parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
}

/** `${NAME}` within a value is another variable's. */
function expanded(value: string, known: readonly Readonly<Record<string, string | undefined>>[]): string {
  return value.replaceAll(
    /(?<!\\)\$\{(\w+)\}/g,
    (_, name: string) => known.map((each) => each[name]).find(Boolean) ?? '',
  )
}
