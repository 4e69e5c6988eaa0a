/**
 * Writes one Prisma schema per provider from reference.prisma (persist/schema/<provider>/schema.prisma) and generates
 * its typed client (persist/generated/<provider>). Plain JavaScript: it runs before anything is compiled, needs no
 * network, and does nothing when template, Prisma and output are as they were.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROVIDERS = ['sqlite', 'postgresql', 'mysql']

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

/** The schema of one provider, as text. */
export function renderSchema(provider) {
  const template = readFileSync(join(here, 'reference.prisma'), 'utf8')
  const sqlite = provider === 'sqlite'
  const body = template
    .slice(template.indexOf('datasource db'))
    .replaceAll('PROVIDER', provider)
    .replaceAll('OUTPUT', `../../generated/${provider}`)
    .replaceAll(/\bID\b(\??)( *)/g, (_, optional, gap) => (sqlite ? 'Int' : 'BigInt') + optional + gap)
    .replaceAll(/ *@LONG/g, sqlite ? '' : ' @db.Text')
    .replaceAll(/ *@DAY/g, sqlite ? '' : ' @db.Date')
  return `// Made by persist/schema/generate.mjs from reference.prisma: edit that.\n\n${body}`
}

/** Writes the schema files; returns their paths by provider. */
export function writeSchemas() {
  return PROVIDERS.map((provider) => {
    const file = join(here, provider, 'schema.prisma')
    const text = renderSchema(provider)
    mkdirSync(dirname(file), { recursive: true })
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
    return { provider, file, text }
  })
}

function prisma(args) {
  const manifest = require.resolve('prisma/package.json')
  const cli = join(dirname(manifest), require(manifest).bin.prisma)
  // The CLI looks for its native schema engine even when a command needs none; naming any executable satisfies it.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`prisma ${args.join(' ')}\n${output}`)),
    )
  })
}

async function generate({ provider, file, text }) {
  const output = join(here, '..', 'generated', provider)
  const stampFile = join(output, '.stamp')
  const version = require('prisma/package.json').version
  const stamp = createHash('sha256').update(version).update(text).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  rmSync(output, { recursive: true, force: true })
  await prisma(['generate', '--schema', file, '--no-hints'])
  writeFileSync(stampFile, stamp)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all(writeSchemas().map(generate))
}
