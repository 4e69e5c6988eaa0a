import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readMetadata } from '../../../persist/index.ts'
import { prismaGenerate } from './prisma-generate.ts'
import { SCHEMAS } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-generator-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('generator mingle', () => {
  it.each([
    ['one file', 'snake', 'schema.prisma'],
    ['a folder', 'swipes', 'models'],
    ['names with quotes', 'weird', 'schema.prisma'],
    ['MySQL', 'snake-mysql', 'schema.prisma'],
    ['MySQL with bytes for keys', 'swipes-mysql', 'schema.prisma'],
  ])('reads a schema of %s', (_, name, schema) => {
    const copy = join(folder, name)
    cpSync(join(SCHEMAS, name), copy, { recursive: true })
    rmSync(join(copy, 'mingle.json'))
    expect(prismaGenerate(join(copy, schema))).toContain("Generated Mingle's metadata")
    // What the other tests read is what the generator writes today.
    expect(readMetadata(copy)).toEqual(readMetadata(join(SCHEMAS, name)))
    const types = readFileSync(join(copy, 'mingle.d.ts'), 'utf8')
    expect(types).toContain("declare module 'mingle'")
    if (name === 'swipes') {
      expect(types).toContain("direction: 'LEFT' | 'RIGHT'")
      expect(types).not.toContain('SeedRun')
    }
  })
})
