import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { badInput } from '../../../../sim/kernel/index.ts'
import { configuredSchema } from './prisma-config.ts'

/** A Prisma schema as it lies in a project. */
export interface PrismaSchema {
  /** The file, or the folder of a schema in several files. */
  readonly path: string
  readonly folder: boolean
  readonly text: string
  /** The same without comments. */
  readonly bare: string
  readonly provider: string
  /** The datasource's `schemas`, empty where there is one alone. */
  readonly schemas: readonly string[]
}

const PLACES = ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema', 'prisma']

/** @param given path of a file or folder; undefined: where Prisma looks. @throws MingleError BAD_INPUT */
export function findPrismaSchema(project: string, given: string | undefined): PrismaSchema {
  // Another schema that lies about is not meant where one is named.
  const named = given ?? configured(project)
  const places = named === undefined ? PLACES : [named]
  const path = places
    .map((place) => resolve(project, place))
    .find((place) => existsSync(place) && filesOf(place).length > 0)
  if (path === undefined) {
    throw badInput(`there is no Prisma schema at ${places.join(', ')}; say where it is with --schema <file or folder>`)
  }
  const text = filesOf(path)
    .map((file) => withoutMark(readFileSync(file, 'utf8')))
    .join('\n')
  const bare = withoutRemarks(text)
  const datasource = /^\s*datasource\s+\w+\s*\{([\s\S]*?)^\s*\}/m.exec(bare)?.[1] ?? ''
  const provider = /^\s*provider\s*=\s*"([^"]+)"/m.exec(datasource)?.[1]
  if (provider === undefined) throw badInput(`${relative(project, path)} has no datasource with a provider`)
  const schemas = /^\s*schemas\s*=\s*\[([^\]]*)\]/m.exec(datasource)?.[1] ?? ''
  return {
    path,
    folder: statSync(path).isDirectory(),
    text,
    bare,
    provider: provider === 'postgres' ? 'postgresql' : provider,
    schemas: [...schemas.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
  }
}

/** What `prisma.config.*` and `package.json` say; nothing where they do not say it. */
function configured(project: string): string | undefined {
  const named = configuredSchema(project)
  if (named !== undefined) return named
  const manifest = join(project, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { prisma } = JSON.parse(withoutMark(readFileSync(manifest, 'utf8'))) as { prisma?: { schema?: string } }
  return prisma?.schema
}

/** Text without the mark that some editors put before it. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

/** A schema without its comments: what stands in one is no model, and no datasource. */
function withoutRemarks(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : '',
  )
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.prisma') && !file.includes('node_modules'))
    .sort()
    .map((file) => join(path, file))
}

/** The folder in which a generator without an output writes. */
export function outputFolder({ path, folder }: PrismaSchema): string {
  return join(folder ? path : dirname(path), 'mingle')
}
