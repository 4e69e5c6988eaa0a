import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { compare, comparison, main } from '../../bench/compare.ts'
import { Misuse } from '../../bench/options.ts'
import { type BenchRecord, quarters } from '../../bench/record.ts'

function figure(value: number, spread = 0, hash = 'a', name = 'x'): BenchRecord {
  return { name, value, low: value - spread, high: value + spread, unit: 'ns', hash, method: 'test' }
}

const folder = mkdtempSync(join(tmpdir(), 'mingle-compare-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('comparing two result files', () => {
  it('tells a change only beyond the noise and outside the quarters', () => {
    expect(compare(figure(100), figure(104))).toBe('same')
    expect(compare(figure(100), figure(110))).toBe('slower')
    expect(compare(figure(100), figure(80))).toBe('faster')
    expect(compare(figure(100, 8), figure(110, 8))).toBe('same')
    expect(compare(figure(100, 2), figure(110, 2))).toBe('slower')
    expect(compare(figure(100), figure(110), 0.2)).toBe('same')
  })

  it('says first where the two did not do the same, then what is gone, and neither is well', () => {
    expect(compare(figure(100), figure(50, 0, 'b'))).toBe('other result')
    const map = (...figures: BenchRecord[]) => new Map(figures.map((each) => [each.name, each]))
    const [same, gone, other] = [figure(1, 0, 'a', 'same'), figure(1, 0, 'a', 'gone'), figure(1, 0, 'a', 'other')]
    const changed = figure(1, 0, 'b', 'other')
    const { lines, well } = comparison(map(same, gone, other), map(same, changed, figure(1, 0, 'a', 'new')), 0.05)
    expect(lines.map((line) => line.split(':')[0])).toEqual(['other', 'gone', 'same', 'new'])
    expect(lines[0]).toContain('OTHER RESULT, hash a → b')
    expect(well).toBe(false)
    expect(comparison(map(same, other), map(same, changed), 0.05).well).toBe(false)
    expect(comparison(map(same, gone), map(same), 0.05).well).toBe(false)
    expect(comparison(map(same), map(same, gone), 0.05).well).toBe(true)
  })

  it('ends with 1 when something became slower and with 0 when nothing did', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const [before, after] = [figure(100), figure(120)].map((each, i) => file(`${i}.json`, { records: [each] }))
    expect(main([before!, after!])).toBe(1)
    expect(main([after!, before!])).toBe(0)
    expect(main([before!, after!, '--noise', '0.3'])).toBe(0)
    log.mockRestore()
  })

  it('says what is wrong with its words, options and files', () => {
    const good = file('good.json', { records: [figure(1)] })
    const text = file('text.json', 'not JSON')
    const empty = file('empty.json', {})
    const bad = file('bad.json', { records: [{ ...figure(1), value: null }] })
    for (const [args, message] of [
      [[], /no result file given, expected two/],
      [[good], /one result file given, expected two/],
      [[good, good, good], /one word too many, expected 2/],
      [[good, good, '--noise', 'abc'], /--noise is 'abc', expected a share/],
      [[good, good, '--noise', ''], /--noise is '', expected a share/],
      [[good, good, '--noise', '5'], /--noise is '5', expected a share/],
      [[good, good, '--noise'], /'--noise <value>' argument missing/],
      [[good, good, '--nois', '0.1'], /unknown option '--nois'/],
      [[good, join(folder, 'none.json')], /none\.json cannot be read .* expected a file made by npm run bench/],
      [[text, good], /text\.json is not JSON/],
      [[empty, good], /empty\.json holds no figures \(records/],
      [[bad, good], /bad\.json holds no figures \(records\.0\.value/],
    ] as const) {
      expect(() => main(args), args.join(' ')).toThrow(Misuse)
      expect(() => main(args), args.join(' ')).toThrow(message)
    }
  })

  it('takes the middle and the quarters of samples in any order', () => {
    expect(quarters([5, 1, 4, 2, 3])).toEqual({ value: 3, low: 2, high: 4 })
  })
})
