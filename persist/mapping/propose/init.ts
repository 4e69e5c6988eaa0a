import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { packageRoot } from '../../../installation/index.ts'
import { badInput, MingleError } from '../../../sim/kernel/index.ts'
import { PROVIDERS, type Provider } from '../../migrate/folder.ts'
import { SEED_JOBS } from '../../rows/derived.ts'
import { checkPlan } from '../check/checks.ts'
import { findConfig } from '../config/find-config.ts'
import { ledgerModels } from '../metadata/ledger-models.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { GENERATOR, METADATA_FILE, readMetadata, TYPES_FILE } from '../metadata/read-metadata.ts'
import { planMapping } from '../plan/planner.ts'
import { proposeConfig } from './code.ts'
import { ledgersPlace } from './schema-sql.ts'
import { engineAdvice, withEngines } from './site/engine-missing.ts'
import { FilesBefore } from './site/files-before.ts'
import { findPrismaSchema, outputFolder, type PrismaSchema } from './site/prisma-schema.ts'

export interface InitOptions {
  /** The project's folder. */
  readonly folder: string
  /** The Prisma schema, when it is not where Prisma looks. */
  readonly schema?: string | undefined
  /** Replace a configuration that is there. */
  readonly force?: boolean
}

/**
 * `mingle init`: adds the ledger's models and the generator to the user's schema, generates the metadata, and writes
 * a proposal of `mingle.config.ts`.
 * @returns what was done, line by line
 * @throws MingleError BAD_INPUT when there is nothing to do it with, or Prisma refuses the schema, INTERRUPTED by
 *   Ctrl-C; every file is then as it was
 */
export async function initMapping(options: InitOptions): Promise<string[]> {
  const { folder } = options
  const there = findConfig(folder)
  if (there !== null && !options.force) {
    throw badInput(`${relative(folder, there)} is there already; edit it, or say --force to have it written anew`)
  }
  const schema = findPrismaSchema(folder, options.schema)
  if (!PROVIDERS.includes(schema.provider as Provider)) {
    throw badInput(`Mingle fills SQLite, PostgreSQL, MySQL and MariaDB; the schema's provider is '${schema.provider}'`)
  }
  const output = outputFolder(schema)
  const from = `./${relative(folder, output).replaceAll('\\', '/')}`
  const config = join(folder, 'mingle.config.ts')
  const generated = [METADATA_FILE, TYPES_FILE].map((name) => join(output, name))
  const before = new FilesBefore([extended(schema), ...generated, config])
  let lines: string[]
  let metadata: Metadata
  // Ctrl-C ends Prisma, and with it this: not before the files are as they were.
  const wait = () => {}
  process.on('SIGINT', wait)
  try {
    lines = extendSchema(folder, schema)
    generate(folder, schema)
    metadata = readMetadata(output)
    writeFileSync(config, proposeConfig(metadata, from))
  } catch (error) {
    before.restore()
    throw isRefused(error) ? badInput(`cannot write ${(error as { path?: string }).path}; no file was changed`) : error
  } finally {
    process.off('SIGINT', wait)
  }
  lines.push(`${from}: metadata and types of ${metadata.models.length} models ('npx prisma generate' makes them anew)`)
  lines.push('mingle.config.ts: a proposal; edit it')
  lines.push(...next(metadata))
  return lines
}

/** The file to which the ledger and the generator are added. */
function extended(schema: PrismaSchema): string {
  return schema.folder ? join(schema.path, 'mingle.prisma') : schema.path
}

function isRefused(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as { code?: string }).code ?? '')
}

function extendSchema(project: string, schema: PrismaSchema): string[] {
  const parts: string[] = []
  const said: string[] = []
  if (!/^\s*generator\s+\w+\s*\{[^}]*provider\s*=\s*"mingle"/m.test(schema.bare)) {
    parts.push(GENERATOR)
    said.push("the generator 'mingle'")
  }
  if (!/@@map\("seed_runs"\)/.test(schema.bare)) {
    parts.push(ledgerModels(schema.provider as Provider, ledgersPlace(schema)))
    said.push("the models of Mingle's ledger")
  } else if (!schema.bare.includes(`@@map("${SEED_JOBS.table}")`)) {
    parts.push(ledgerModels(schema.provider as Provider, ledgersPlace(schema), [SEED_JOBS]))
    said.push('the model by which jobs know their rows')
  }
  if (parts.length === 0) return ['the schema has the ledger and the generator already']
  const text = parts.join('\n')
  const file = extended(schema)
  if (schema.folder) {
    if (existsSync(file)) appendFileSync(file, `\n${text}`)
    else writeFileSync(file, text)
    return [`${relative(project, file)}: added ${said.join(' and ')}`]
  }
  appendFileSync(file, `${schema.text.endsWith('\n') ? '' : '\n'}\n${text}`)
  return [`${relative(project, file)}: appended ${said.join(' and ')}, since the schema is one file`]
}

/** Runs the user's own Prisma; where the project has none, ours. */
function generate(project: string, schema: PrismaSchema): void {
  const bin = mkdtempSync(join(tmpdir(), 'mingle-bin-'))
  try {
    // Prisma looks for the generator's command in the PATH, where a globally or directly started Mingle is not.
    const cli = join(packageRoot(), 'dist', 'cli', 'mingle.js')
    writeFileSync(join(bin, 'mingle'), `#!/bin/sh\nexec "${process.execPath}" "${cli}"\n`)
    writeFileSync(join(bin, 'mingle.cmd'), `@"${process.execPath}" "${cli}"\r\n`)
    chmodSync(join(bin, 'mingle'), 0o755)
    const env = {
      ...withEngines(process.env, process.execPath),
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    }
    const args = [prismaCli(project), 'generate', '--schema', schema.path, '--generator', 'mingle']
    const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, args, {
      cwd: project,
      env,
      encoding: 'utf8',
    })
    if (status === 0) return
    if (signal !== null || status === 130) throw new MingleError('INTERRUPTED', 'Interrupted; no file was changed')
    const said = error?.message ?? withoutColours(`${stderr}\n${stdout}`)
    const advice = engineAdvice(said, process.execPath)
    if (advice !== null) throw badInput(advice)
    throw badInput(
      `Prisma cannot read the schema with Mingle's models in it, so no file was changed. It says:\n${said}`,
    )
  } finally {
    rmSync(bin, { recursive: true, force: true })
  }
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of
  return text.replaceAll(/\x1b\[[\d;]*m/g, '').trim()
}

function prismaCli(project: string): string {
  for (const from of [join(project, 'package.json'), import.meta.url]) {
    try {
      const require = createRequire(from)
      const manifest = require.resolve('prisma/package.json')
      return join(dirname(manifest), (require(manifest) as { bin: { prisma: string } }).bin.prisma)
    } catch {
      // Look further.
    }
  }
  throw badInput("there is no Prisma in this project: 'npm install --save-dev prisma'")
}

function next(metadata: Metadata): string[] {
  const ledger = checkPlan(planMapping({ schema: '.', map: {} }, metadata))
  if (ledger.length > 0) return ['the ledger is incomplete: look at the models with @@map("seed_…")']
  return [
    'next:',
    "  npx prisma migrate dev --name mingle   # makes the ledger's tables (or: npx prisma db push)",
    "    (where Prisma's engine cannot be downloaded: 'npx mingle init --sql' prints the SQL)",
    '  npx mingle check                       # says what the mapping lacks, with the line to paste',
    '  npx mingle run --count 100 --days 30',
  ]
}
