import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SnapshotFolder } from '../../../run/snapshots/snapshots.ts'
import { resolveConfig } from '../../../sim/index.ts'

/** Beyond what one buffer, one read and one write take: needs 5 GB of disk and of memory (npm run test:snapshots). */
const STATE_BYTES = 360 * 2 ** 20
const MARKETS = 13

it.runIf(process.env.MEMORY_TEST === 'large')(
  'a snapshot of more than 4 GiB is written and read',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingle-large-'))
    try {
      const warnings: string[] = []
      const snapshots = new SnapshotFolder(folder, 'memory:', (line) => warnings.push(line))
      const config = resolveConfig({ seed: 'large', count: 10 })
      const simulation = new Uint8Array(STATE_BYTES).fill(7)
      simulation[STATE_BYTES - 1] = 1
      const states = Array.from({ length: MARKETS }, (_, market) => ({ market, simulation }))
      await snapshots.save(config, 1, 'digest', states)
      expect(warnings).toEqual([])
      const found = await snapshots.latest(config, ['', 'digest'])
      expect(warnings).toEqual([])
      expect(found?.day).toBe(1)
      expect(found!.states.map((state) => state.simulation.length)).toEqual(states.map(() => STATE_BYTES))
      expect(found!.states.every((state) => Buffer.compare(state.simulation, simulation) === 0)).toBe(true)
      expect(statSync(join(folder, readdirSync(folder)[0]!)).size).toBeGreaterThan(2 ** 32)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  600_000,
)
