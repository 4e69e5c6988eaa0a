import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { contractSuite } from './contract.ts'
import { sqlitePlace } from './sqlite-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-'))
afterAll(() => rmSync(folder, { recursive: true }))

contractSuite('createMany on SQLite', { lasting: true, sql: true }, async () => sqlitePlace(folder, 'prisma'))
