import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareSnake, SCHEMAS } from '../../persist/mapping/site.ts'
import { count } from '../rows.ts'

/** Prisma's real command line in a site's folder; what a user writes is taken from docs/mapping.md. */
const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'mingle-seed-'))
const database = join(folder, 'mingle.db')
const docs = readFileSync(join(root, 'docs/mapping.md'), 'utf8').split('## As a seed hook')[1]!
const require = createRequire(import.meta.url)
const prismaPackage = require.resolve('prisma/package.json')

/** The first code block of a language, with a small run in place of the large one. */
function example(language: string): string {
  const code = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(docs)![1]!
  return code.replace('--count 200 --days 30', '--count 30 --days 2').replace('count: 200 }), 30', 'count: 30 }), 2')
}

beforeAll(async () => {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  mkdirSync(join(folder, 'prisma'))
  symlinkSync(root, join(modules, 'mingle'))
  symlinkSync(dirname(prismaPackage), join(modules, 'prisma'))
  // As npm puts them there.
  const commands = {
    mingle: join(root, 'dist/cli/mingle.js'),
    prisma: join(dirname(prismaPackage), require(prismaPackage).bin.prisma),
  }
  for (const [name, program] of Object.entries(commands)) {
    const command = join(modules, '.bin', name)
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`)
    chmodSync(command, 0o755)
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'prisma.config.ts'), example('ts'))
  writeFileSync(join(folder, 'prisma/seed.mjs'), example('js'))
  copyFileSync(join(SCHEMAS, 'snake/schema.prisma'), join(folder, 'prisma/schema.prisma'))
  copyFileSync(join(SCHEMAS, 'snake/mingle.json'), join(folder, 'prisma/mingle.json'))
  const config = readFileSync(join(SCHEMAS, 'snake/mingle.config.ts'), 'utf8')
  writeFileSync(
    join(folder, 'mingle.config.ts'),
    config.replace('../../../../persist/index.ts', 'mingle').replace("schema: '.'", "schema: './prisma'"),
  )
  await prepareSnake(database)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Without a network, so Prisma's search for its engine has to be satisfied. */
function seed(environment: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...inherited } = process.env
  const child: ChildProcess = spawn('npx', ['--no', 'prisma', 'db', 'seed'], {
    cwd: folder,
    env: { ...inherited, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

describe('prisma db seed', () => {
  it('runs mingle by prisma.config.ts, onto the schema of the site', async () => {
    const { code, output } = await seed()
    expect(code, output).toBe(0)
    expect(output).toContain('Running seed command `mingle run --run-seed dev')
    expect(output).toContain('The seed command has been executed')
    expect(output).toMatch(/^accounts +30$/m)
    expect(count(database, 'select count(*) from accounts')).toBe(30)
    expect(count(database, 'select count(*) from seed_runs where last_day = 1')).toBe(1)
  }, 60_000)

  it('refuses to do it twice, fails, and changes nothing', async () => {
    const { code, output } = await seed()
    expect(code).not.toBe(0)
    expect(output).toContain("already holds run 'dev'")
    expect(count(database, 'select count(*) from accounts')).toBe(30)
  }, 60_000)

  it('refuses production', async () => {
    const { code, output } = await seed({ NODE_ENV: 'production' })
    expect(code).not.toBe(0)
    expect(output).toContain('NODE_ENV is production')
  }, 60_000)

  it('runs a script that uses the library, on the database of the environment', async () => {
    const other = join(folder, 'other.db')
    await prepareSnake(other)
    const config = join(folder, 'prisma.config.ts')
    writeFileSync(config, readFileSync(config, 'utf8').replace(/seed: '[^']*'/, "seed: 'node prisma/seed.mjs'"))
    const { code, output } = await seed({ DATABASE_URL: 'file:./other.db' })
    expect(code, output).toBe(0)
    expect(count(other, 'select count(*) from accounts')).toBe(30)
    expect(count(database, 'select count(*) from accounts')).toBe(30)
  }, 60_000)

  it('is written in package.json for Prisma 5 and 6', () => {
    expect(JSON.parse(example('json')).prisma.seed).toBe('mingle run --run-seed dev --count 30 --days 2')
  })
})
