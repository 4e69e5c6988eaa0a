import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder: string
const mingle = (...args: string[]) => execFileSync('node', ['dist/cli/mingle.js', ...args], { encoding: 'utf8' })
const refused = (...args: string[]) => spawnSync('node', ['dist/cli/mingle.js', ...args], { encoding: 'utf8' })
const url = () => `file:${join(folder, 'a.db')}`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'))
  const many = [
    '--count',
    '80',
    '--start-date',
    '2024-01-01',
    '--database-url',
    url(),
    '--snapshot-dir',
    'off',
    '--json',
  ]
  mingle('run', '--run-seed', 'told <b>', '--days', '8', '--set', 'policy.like.nearKm=22', ...many)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a report', () => {
  it('is one file without a script, with the run’s digest, rates, rows, changes and the command that makes it again', () => {
    const file = join(folder, 'report.html')
    expect(mingle('report', '--database-url', url(), '-o', file)).toContain(`The report is ${file}`)
    const html = readFileSync(file, 'utf8')
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i)
    // Nothing is loaded from anywhere: no address but the name of SVG.
    expect(html.match(/\b(?:src|href)=/g)).toBeNull()
    expect(html).not.toContain('<b>')
    // Nothing stands in it that does nothing.
    expect(html).not.toContain('<button')
    const { runs } = JSON.parse(mingle('runs', '--database-url', url(), '--json'))
    expect(html.split(runs[0].digest)).toHaveLength(3)
    expect(html).toContain('policy.like.nearKm')
    expect(html).toMatch(/mingle run --run-seed &#39;told &lt;b>&#39;|mingle run --run-seed 'told &lt;b>'/)
    for (const words of ['match rate', 'Lorenz curve', 'feed_seen', 'the same']) expect(html).toContain(words)
    expect(html.match(/<svg/g)!.length).toBeGreaterThan(50)
  })

  it('refuses what it cannot show, and leaves no file', () => {
    const file = join(folder, 'none.html')
    for (const [args, words] of [
      [['--run-seed', 'other', '--database-url', url(), '-o', file], 'other'],
      [['--database-url', `file:${join(folder, 'no.db')}`, '-o', file], 'no run of Mingle'],
      [['--database-url', url(), '-o', join(folder, 'no/where.html')], 'there is no folder'],
      [['--database-url', url(), '-o', folder], 'is a folder'],
      [[join(folder, 'nothing'), '-o', file], 'there is no folder'],
      [[folder, '-o', file], 'holds no experiment'],
      [[folder, '--database-url', url(), '-o', file], 'not both'],
    ] as const) {
      const { status, stderr } = refused('report', ...args)
      expect(stderr).toContain(words)
      expect(stderr).not.toContain('not expected')
      expect(status).toBe(2)
    }
    expect(existsSync(file)).toBe(false)
  })
})
