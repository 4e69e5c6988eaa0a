import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { findPrismaSchema } from '../../../../persist/mapping/propose/site/prisma-schema.ts'

let folder: string
const made: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-prisma-'))
  made.push(folder)
})
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true })
})

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const schema = (provider: string) => `datasource db {\n  provider = "${provider}"\n}\nmodel A {\n  id Int @id\n}\n`

describe('the Prisma schema of a project', () => {
  it.each([
    [
      'prisma.config.ts',
      "import path from 'node:path'\nconst place: string = 'db'\nexport default { schema: path.resolve(place, 'main.prisma') }",
    ],
    ['prisma.config.mjs', "const file = ['db', 'main.prisma'].join('/')\nexport default { schema: file }"],
    ['.config/prisma.ts', "console.log('hello')\nexport default { schema: '../db/main.prisma' }"],
  ])('is what %s says, carried out', (config, text) => {
    put({ [config]: text, 'db/main.prisma': schema('sqlite'), 'prisma/schema.prisma': schema('mysql') })
    expect(findPrismaSchema(folder, undefined)).toMatchObject({
      path: join(folder, 'db/main.prisma'),
      provider: 'sqlite',
    })
  })

  it('is never another that lies about', () => {
    put({ 'prisma.config.ts': "export default { schema: 'gone.prisma' }", 'prisma/schema.prisma': schema('mysql') })
    expect(() => findPrismaSchema(folder, undefined)).toThrow(/there is no Prisma schema at gone\.prisma/)
  })

  it('is said to be unknown where the configuration fails', () => {
    put({ 'prisma.config.ts': "throw new Error('no way')", 'prisma/schema.prisma': schema('mysql') })
    expect(() => findPrismaSchema(folder, undefined)).toThrow(
      /prisma\.config\.ts cannot be carried out \(.*no way.*--schema/,
    )
  })

  it('may begin with a mark, and have comments that look like code', () => {
    put({
      'prisma/schema.prisma': `\uFEFF// datasource old {\n//   provider = "mysql"\n// }\n/* datasource older {\n  provider = "postgresql"\n} */\n${schema('sqlite')}`,
    })
    expect(findPrismaSchema(folder, undefined).provider).toBe('sqlite')
  })
})
