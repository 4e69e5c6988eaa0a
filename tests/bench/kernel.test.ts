import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cancellationFigures } from '../../bench/kernel/cancellation.ts'
import { holdFigure } from '../../bench/kernel/hold.ts'
import { phold } from '../../bench/kernel/phold.ts'
import { hashOf } from '../../bench/kernel/streams.ts'
import { Misuse } from '../../bench/options.ts'
import type { BenchRecord } from '../../bench/record.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-kernel-bench-'))
const file = join(folder, 'records.jsonl')

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(file, { force: true })
})

function checked({ value, low, high, hash }: BenchRecord): string {
  expect(low).toBeGreaterThan(0)
  expect(value).toBeGreaterThanOrEqual(low)
  expect(high).toBeGreaterThanOrEqual(value)
  return hash
}

describe('the benchmarks of the kernel', () => {
  it('print PHOLD as one line and keep its figure, with a hash that does not depend on the queue', () => {
    vi.stubEnv('BENCH_RECORDS', file)
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    phold(['100', '5000'])
    phold(['100', '5000', 'heap'])
    expect(log).toHaveBeenCalledTimes(2)
    const line = /^events=\d+ sec=[\d.]+ ev\/s=\d+ hash=([\da-f]{8}) n=100 queue=calendar$/
    expect(log.mock.calls[0]![0]).toMatch(line)
    const records = readFileSync(file, 'utf8').trim().split('\n')
    const hashes = records.map((record) => checked(JSON.parse(record)))
    expect(hashes).toEqual(Array(2).fill(line.exec(log.mock.calls[0]![0])![1]))
    expect(JSON.parse(records[0]!)).toMatchObject({ name: 'PHOLD of 100 on calendar, 5000 events', unit: 'ns/event' })
  })

  it('refuse what PHOLD cannot run', () => {
    for (const [args, message] of [
      [['abc'], /N, .* is 'abc', expected a whole number of at least 1/],
      [['0'], /N, .* is '0'/],
      [['10', '1e6'], /EVENTS is '1e6'/],
      [['10', '10', 'fifo'], /QUEUE is 'fifo', expected one of calendar, heap, tinyqueue/],
      [['10', '10', 'heap', '1'], /'1' is one word too many/],
    ] as const) {
      expect(() => phold(args)).toThrow(Misuse)
      expect(() => phold(args)).toThrow(message)
    }
  })

  it('give the same hash for any queue and any time', () => {
    const hashes = ['calendar', 'tinyqueue'].map((queue) =>
      cancellationFigures(queue as 'calendar', 2_000, 1).map(checked),
    )
    expect(hashes[0]).toEqual(hashes[1])
    const hold = holdFigure('calendar', 'life', 10)
    expect(hold.name).toBe('hold on calendar, life delays, 10 pending')
    expect(checked(hold)).toBe(checked(holdFigure('heap', 'life', 10)))
    expect(hashOf('next')).toBe(hashOf('next'))
    expect(hashOf('next')).not.toBe(hashOf('normal'))
  })
})
