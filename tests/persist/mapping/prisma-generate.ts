import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** `npx prisma generate`, offline: `mingle` lies in the PATH as npm puts it there. */
export function prismaGenerate(schema: string): string {
  const bin = mkdtempSync(join(tmpdir(), 'mingle-bin-'))
  const command = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli/mingle.js')}" "$@"\n`
  writeFileSync(join(bin, 'mingle'), command, { mode: 0o755 })
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('prisma/package.json')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(dirname(manifest), require(manifest).bin.prisma), 'generate', '--schema', schema, '--no-hints'],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
      },
    },
  )
  rmSync(bin, { recursive: true })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}
