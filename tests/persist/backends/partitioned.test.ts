import { expect, it } from 'vitest'
import { DatabaseStore } from '../../../persist/database/database-store.ts'
import { MemoryBackend } from '../../../persist/memory/memory-backend.ts'
import { picsum } from '../../../persist/rows/media.ts'
import { newRun, TEXTS } from '../site.ts'

it('a reset whose empty partitions cannot be dropped has reset the run, and says what is left', async () => {
  const said: string[] = []
  const closed: number[] = []
  const backend = Object.assign(new MemoryBackend(), {
    closeDays: async (runId: number) => {
      closed.push(runId)
      throw new Error('somebody reads them')
    },
  })
  const store = new DatabaseStore(
    backend,
    { texts: TEXTS, pictures: picsum, onFault: (line: string) => said.push(line) },
    {},
  )
  const { id } = await store.createRun(newRun('a', 10, 3))
  await store.reset(id, 'all')
  expect(closed).toEqual([id])
  expect(await store.findRun('a')).toBeNull()
  expect(said).toEqual([
    expect.stringMatching(
      /is reset; its empty partitions are left, and dropped by the next reset there: somebody reads/,
    ),
  ])
})

it.each([
  [1_000_000, 30, undefined, ['itself']],
  [1000, 30, undefined, []],
  [1_000_000, 201, undefined, []],
  [1_000_000, 30, false, []],
  [1000, 201, true, ['wish']],
] as const)(
  'tables of %i people’s %i days are kept by day when they are large and not too many, or when it is wished (%s); why not is said',
  async (count, days, partition, asked) => {
    const by: string[] = []
    const said: string[] = []
    const backend = Object.assign(new MemoryBackend(), {
      partition: async (how: 'itself' | 'wish') => {
        by.push(how)
        return 'a view is in the way'
      },
    })
    const sources = { texts: TEXTS, pictures: picsum, onFault: (line: string) => said.push(line) }
    await new DatabaseStore(backend, sources, { partition }).createRun(newRun('a', count, days))
    expect(by).toEqual(asked)
    expect(said).toHaveLength(asked.length)
    for (const line of said) expect(line).toMatch(/its tables are not partitioned by day: a view is in the way/)
  },
)
