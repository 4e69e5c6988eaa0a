import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../axe.ts'
import { CHROMIUM, Visit } from '../browser.ts'
import { mingle, Running } from '../command.ts'

let folder: string
let visit: Visit | undefined
let running: Running[] = []
const url = (name: string) => `file:${join(folder, name)}`
const begin = (...args: string[]) => {
  const one = new Running(...args)
  running.push(one)
  return one
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'studio-runs-'))
})
afterEach(async () => {
  await visit?.close()
  visit = undefined
  for (const one of running) await one.stop()
  running = []
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(CHROMIUM === undefined)('real runs in the page', () => {
  it('opens a run with arms and a changed policy from its database: the ledger’s digest, after a reload too', async () => {
    const own = ['--database-url', url('told.db'), '--snapshot-dir', 'off', '--skip-jobs', '--json']
    mingle(
      'run',
      '--run-seed',
      'told',
      '--count',
      '100',
      '--days',
      '4',
      '--arm',
      'treatment=0.5',
      '--arm-set',
      'treatment:policy.like.fatigue=0',
      ...own,
    )
    mingle('extend', '--run-seed', 'told', '--days', '3', '--join', '20', '--set', 'policy.like.nearKm=60', ...own)
    const digest = JSON.parse(mingle('runs', '--database-url', url('told.db'), '--json')).runs[0].digest
    visit = await Visit.at(await begin('studio', '--no-open', '--database-url', url('told.db')).address())
    const { page } = visit
    await page.getByLabel('Open told').click()
    await page.locator('[data-comparison=same]').waitFor({ timeout: 90_000 })
    expect(page.url()).toMatch(/later=4:policy.like.nearKm:60/)
    expect(page.url()).toMatch(/run=told/)
    await page.reload()
    await page.locator('[data-comparison=same]').waitFor({ timeout: 90_000 })
    await page.locator('.standing').click()
    expect(await page.locator('[data-digest]').textContent()).toBe(digest)
    const commands = await page.locator('.command').textContent()
    expect(commands).toContain('--arm treatment=0.5 --arm-set treatment:policy.like.fatigue=0')
    expect(commands).toMatch(/extend .*--days 3 --join 20 --set policy.like.nearKm=60/)
    await page.keyboard.press('Escape')
    // Another run now, and back.
    await page.locator('[data-path="population.archetype.social"] input[type=range]').press('PageUp')
    await page.locator('[data-comparison=changed]').waitFor()
    await page.getByText('Back to the run').click()
    await page.locator('[data-comparison=same]').waitFor()
    expect(visit.wrong).toEqual([])
  })

  it('says what it cannot show of a link to a run whose database is not open', async () => {
    visit = await Visit.start({ link: 'seed=lost&count=60&days=3&run=lost' })
    await visit.page.getByText('it is about run lost of a database, and none is open here').waitFor()
    await visit.complete()
  })

  it('shows sweeps as lines and heat maps and sensitivities as bars, in both themes and widths', async () => {
    const small = ['--count', '60', '--days', '3', '--workers', '0']
    mingle(
      'sweep',
      '--set',
      'policy.like.nearKm=10,40',
      '--set',
      'policy.deck.tries=2,4',
      '--seeds',
      '2',
      ...small,
      '--out',
      join(folder, 'experiments/near'),
    )
    const one = ['--set', 'policy.like.nearKm=10,40', '--seeds', '2', ...small]
    mingle('sweep', ...one, '--out', join(folder, 'experiments/one'))
    mingle(
      'sensitivity',
      '--free',
      'policy.like.nearKm,policy.reply.openerLogit',
      '--trajectories',
      '2',
      '--leaders',
      '0',
      ...small,
      '--out',
      join(folder, 'experiments/asked'),
    )
    const address = await begin('studio', '--no-open', '--experiments', join(folder, 'experiments')).address()
    for (const [theme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      visit = await Visit.at(address, { theme, width })
      const { page } = visit
      await page.getByLabel('Open near').click()
      await page.locator('.heatmap').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByLabel('Open one').click()
      await page.locator('.experiments .series').waitFor()
      await page.getByLabel('Open asked').click()
      await page.locator('.experiments .whisker').first().waitFor({ state: 'attached' })
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      expect(visit.wrong).toEqual([])
      await visit.close()
      visit = undefined
    }
  })

  it('shows a run while it is written: by the writer itself, and by mingle watch beside it', async () => {
    const days = 60
    const writer = begin(
      'run',
      '--run-seed',
      'live',
      '--count',
      '400',
      '--days',
      `${days}`,
      '--workers',
      '1',
      '--skip-jobs',
      '--watch',
      '--database-url',
      url('live.db'),
    )
    visit = await Visit.at(await writer.address())
    const { page } = visit
    const meter = page.getByRole('progressbar', { name: 'Days written' })
    await meter.waitFor()
    // Rates are there before the last day is.
    await page.locator('.watch .rate output').first().waitFor()
    // The writer rests while the other comes: a quick machine would be done before.
    writer.child.kill('SIGSTOP')
    const seen = Number(await meter.getAttribute('aria-valuenow'))
    expect(seen).toBeLessThan(days)
    const beside = begin('watch', '--no-open', '--database-url', url('live.db'))
    const second = await Visit.at(await beside.address())
    await second.page.locator('.watch .rate output').first().waitFor()
    writer.child.kill('SIGCONT')
    await page.locator('.watch-state', { hasText: `Finished: ${days} days` }).waitFor({ timeout: 90_000 })
    await second.page.locator('.watch-state', { hasText: `Finished: ${days} days` }).waitFor({ timeout: 90_000 })
    expect(await writer.ended).toBe(0)
    expect(await beside.ended).toBe(0)
    const digest = JSON.parse(mingle('runs', '--database-url', url('live.db'), '--json')).runs[0].digest
    for (const one of [visit, second]) {
      expect(await one.page.locator('.watch-state code').textContent()).toBe(digest)
      expect(await violations(one.page)).toEqual([])
    }
    // The terminal's view: a line for each table and rate.
    expect(writer.text).toContain('Watch it at')
    expect(visit.wrong).toEqual([])
    await second.close()
  })
})
