import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { siteUrl } from '../../../../persist/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-site-url-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let projects = 0

/** A project with some files; `prisma` says which version of Prisma it has. */
function project(files: Readonly<Record<string, string>>, prisma = '7.1.0'): string {
  const root = join(folder, `project-${++projects}`)
  const all = {
    'package.json': '{"type":"module"}',
    'node_modules/prisma/package.json': JSON.stringify({ name: 'prisma', version: prisma }),
    'node_modules/@prisma/client/package.json': JSON.stringify({ name: '@prisma/client', version: prisma }),
    'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\n',
    ...files,
  }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}
const named = (url: string) => `datasource db {\n  provider = "sqlite"\n  url = ${url}\n}\n`

it('is in the environment, or in .env beside package.json or the schema', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what stands in .env
  const root = project({ '.env': '\uFEFFDATABASE_URL="file:./${NAME}.db"\nNAME=here # which\n' })
  expect(siteUrl(root, {})).toBe('file:./here.db')
  expect(siteUrl(root, { DATABASE_URL: 'file:./set.db' })).toBe('file:./set.db')
  expect(siteUrl(root, { DATABASE_URL: '' })).toBe('file:./here.db')
  expect(siteUrl(project({ 'prisma/.env': "DATABASE_URL='file:./there.db'" }), {})).toBe('file:./there.db')
})

it('is under the name that the schema gives it, or in the schema itself', () => {
  const root = project({ 'prisma/schema.prisma': named('env("SITE_DB")'), '.env': 'SITE_DB=mysql://a:b@c/d' }, '6.1.0')
  expect(siteUrl(root, {})).toBe('mysql://a:b@c/d')
  const own = project({ 'prisma/schema.prisma': `// url = "file:./no.db"\n${named('"file:./dev.db"')}` }, '5.22.0')
  expect(siteUrl(own, {})).toBe(`file:${join(own, 'prisma/dev.db')}`)
})

it('is relative to the schema up to version 6, and to the project from 7 on', () => {
  const files = { '.env': 'DATABASE_URL=file:./dev.db?connection_limit=1' }
  const old = project(files, '6.19.0')
  expect(siteUrl(old, {})).toBe(`file:${join(old, 'prisma/dev.db')}?connection_limit=1`)
  expect(siteUrl(project(files), {})).toBe('file:./dev.db?connection_limit=1')
})

it('is what the configuration of Prisma makes of it', () => {
  const root = project({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the site
    '.config/prisma.ts': "const name = 'own'\nexport default { datasource: { url: `file:./${name}.db` } }\n",
  })
  expect(siteUrl(root, {})).toBe('file:./own.db')
})

it('is missed by its name', () => {
  expect(() => siteUrl(project({}), {})).toThrow(
    /^DATABASE_URL is not set, neither in the environment nor in \.env nor in prisma\/\.env; set it there, or say --database-url/,
  )
  const other = project({ 'prisma/schema.prisma': named('env("SITE_DB")') }, '6.1.0')
  expect(() => siteUrl(other, { DATABASE_URL: 'file:./x.db' })).toThrow(/^SITE_DB is not set/)
})
