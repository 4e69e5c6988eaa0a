import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { badInput } from '../../../sim/kernel/index.ts'

/** A Prisma schema as it lies in a project. */
export interface PrismaSchema {
  /** The file, or the folder of a schema in several files. */
  readonly path: string
  readonly folder: boolean
  readonly text: string
  readonly provider: string
  /** The datasource's `schemas`, empty where there is one alone. */
  readonly schemas: readonly string[]
}

const PLACES = ['prisma/schema.prisma', 'schema.prisma', 'prisma/schema', 'prisma']

/** @param given path of a file or folder; undefined: where Prisma looks. @throws MingleError BAD_INPUT */
export function findPrismaSchema(project: string, given: string | undefined): PrismaSchema {
  const places = given === undefined ? [...configured(project), ...PLACES] : [given]
  const path = places
    .map((place) => resolve(project, place))
    .find((place) => existsSync(place) && filesOf(place).length > 0)
  if (path === undefined) {
    throw badInput(`there is no Prisma schema at ${places.join(', ')}; say where it is with --schema <file or folder>`)
  }
  const text = filesOf(path)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const datasource = /^\s*datasource\s+\w+\s*\{([\s\S]*?)^\s*\}/m.exec(text)?.[1] ?? ''
  const provider = /^\s*provider\s*=\s*"([^"]+)"/m.exec(datasource)?.[1]
  if (provider === undefined) throw badInput(`${relative(project, path)} has no datasource with a provider`)
  const schemas = /^\s*schemas\s*=\s*\[([^\]]*)\]/m.exec(datasource)?.[1] ?? ''
  return {
    path,
    folder: statSync(path).isDirectory(),
    text,
    provider: provider === 'postgres' ? 'postgresql' : provider,
    schemas: [...schemas.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
  }
}

/** What `prisma.config.*` and `package.json` say, read as text: neither is carried out. */
function configured(project: string): string[] {
  const found: string[] = []
  for (const ending of ['ts', 'mts', 'js', 'mjs', 'cjs']) {
    const file = join(project, `prisma.config.${ending}`)
    if (!existsSync(file)) continue
    const schema = /\bschema\s*:\s*(?:(?:path\.)?join\(([^)]*)\)|(['"`])([^'"`]+)\2)/.exec(readFileSync(file, 'utf8'))
    if (schema?.[3]) found.push(schema[3])
    else if (schema?.[1]) found.push(join(...[...schema[1].matchAll(/['"`]([^'"`]+)['"`]/g)].map(([, part]) => part!)))
  }
  const manifest = join(project, 'package.json')
  if (existsSync(manifest)) {
    const { prisma } = JSON.parse(readFileSync(manifest, 'utf8')) as { prisma?: { schema?: string } }
    if (prisma?.schema) found.push(prisma.schema)
  }
  return found
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
