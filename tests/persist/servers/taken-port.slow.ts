import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freePort } from '../../../bench/persist/free-port.ts'
import { embeddedPostgres } from '../../../bench/persist/server.ts'

it('a server of the tests whose port was taken meanwhile says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-taken-'))
  const port = await freePort()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
  try {
    const { server } = await embeddedPostgres(folder, { port, persistent: true })
    await server.initialise()
    await expect(server.start()).rejects.toThrow(/does not start: .*could not bind/s)
  } finally {
    other.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

it('ports for them lie below those that systems give to outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort))
  expect(ports.filter((port) => port < 10_000 || port >= 32_768)).toEqual([])
  expect(new Set(ports).size).toBeGreaterThan(45)
})
