import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it, vi } from 'vitest'

const page = new URL('../../../docs/kernel.md', import.meta.url)
const door = new URL('../../../sim/kernel/index.ts', import.meta.url)
const examples = Array.from(readFileSync(page, 'utf8').matchAll(/```ts\n(.*?)```/gs), ([, code]) => code!)
const folder = mkdtempSync(join(tmpdir(), 'kernel-examples-'))
afterAll(() => rmSync(folder, { recursive: true }))

it.each(examples.map((code, i) => [i + 1, code] as const))(
  'example %i of docs/kernel.md prints what it says',
  async (i, code) => {
    const file = join(folder, `example${i}.ts`)
    writeFileSync(file, code.replace('../sim/kernel/index.ts', door.pathname))
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    try {
      await import(/* @vite-ignore */ pathToFileURL(file).href)
      const expected = Array.from(code.matchAll(/^\/\/ → (.*)$/gm), ([, line]) => line)
      expect(expected.length).toBeGreaterThan(0)
      expect(log.mock.calls.map((line) => line.join(' '))).toEqual(expected)
    } finally {
      log.mockRestore()
    }
  },
)

it('finds the examples', () => {
  expect(examples.length).toBe(5)
})
