import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createSimulation } from '../../../sim/index.ts'
import { CHROMIUM, Visit } from '../browser.ts'

const RUN = 'seed=acts&count=300&days=20'

let visit: Visit | undefined
afterEach(async () => {
  await visit?.close()
  visit = undefined
})

const cli = (...args: string[]) => execFileSync('node', ['dist/cli/mingle.js', ...args], { encoding: 'utf8' })

describe.skipIf(CHROMIUM === undefined)('somebody who uses the page', () => {
  it('moves a slider by keys, and the rate goes where it is said to go, what hangs on nothing by exactly 0', async () => {
    visit = await Visit.start({ link: 'seed=acts&count=400&days=14' })
    const { page } = visit
    await visit.complete()
    await page.getByLabel('Search parameters').fill('opener logit')
    const slider = page.locator('[data-path="policy.reply.openerLogit"] input[type=range]')
    await slider.focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('PageUp')
    await visit.complete()
    const card = (id: string) => page.locator(`.rate[data-metric="${id}"] .delta`)
    expect(await card('2').textContent()).toContain('▲')
    expect(await card('8').textContent()).toBe('Δ exactly 0')
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/log-odds, default/)
    // Back where it was: the same run again, not one like it.
    await page
      .getByLabel(/^Reset/)
      .first()
      .click()
    await visit.complete()
    expect(await page.locator('.rate[data-metric="2"] .delta').count()).toBe(0)
    expect(visit.wrong).toEqual([])
  })

  it('opens a person, reads a chat, asks why, and goes to day 17, whose state is that of a straight run', async () => {
    visit = await Visit.start({ link: `${RUN}&view=people` })
    const { page } = visit
    await page.locator('.grid-row.head button', { hasText: 'matches' }).click()
    await page.locator('.grid-body .grid-row').first().click()
    await page.locator('.person h2').waitFor()
    expect(await page.locator('.life').getAttribute('aria-label')).toMatch(/(new|active|dormant|churned) day 0 to \d+/)
    await page.locator('.decks .card').first().click()
    await page.locator('dialog[open] .answer').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.threads button').first().click()
    expect(await page.locator('.chat .bubble').count()).toBeGreaterThan(0)
    await page.locator('.chat .why').first().click()
    const dialog = page.locator('dialog[open]')
    await dialog.locator('.answer').waitFor()
    expect(await dialog.locator('.answer').textContent()).toMatch(/probability|chance/)
    await page.keyboard.press('Escape')
    const bar = page.getByLabel('Day', { exact: true })
    await bar.focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft')
    const moment = page.locator('[data-moment]')
    const straight = createSimulation({ seed: 'acts', count: 300 })
    straight.passDays(17)
    await page.locator(`[data-moment="${straight.digest}"]`).waitFor()
    expect(await moment.textContent()).toContain('= straight run')
    expect(visit.wrong).toEqual([])
  })

  it('sees a fork’s past as it was, and has the digest of extend --set', async () => {
    visit = await Visit.start({ link: `seed=forks&count=120&days=8&fork=4&policy.like.nearKm=60` })
    await visit.complete()
    const url = `file:${(await import('node:os')).tmpdir()}/studio-fork-${process.pid}.db`
    cli(
      'run',
      '--run-seed',
      'forks',
      '--count',
      '120',
      '--days',
      '4',
      '--database-url',
      url,
      '--snapshot-dir',
      'off',
      '--json',
    )
    const extended = JSON.parse(
      cli(
        'extend',
        '--run-seed',
        'forks',
        '--days',
        '4',
        '--set',
        'policy.like.nearKm=60',
        '--database-url',
        url,
        '--snapshot-dir',
        'off',
        '--json',
      ),
    )
    await visit.page.locator('.standing').click()
    expect(await visit.page.locator('[data-digest]').textContent()).toBe(extended.digest)
  })

  it('saves a preset to a file, resets, opens it again: the same run', async () => {
    visit = await Visit.start({ link: 'seed=keeps&count=120&days=6&policy.like.nearKm=45' })
    const { page } = visit
    await visit.complete()
    const digest = await page.locator('.digest').first().textContent()
    await page.getByText('Presets…').click()
    const download = page.waitForEvent('download')
    await page.getByText('Save to a file').click()
    const file = await (await download).path()
    expect(JSON.parse(readFileSync(file, 'utf8')).set).toEqual({ 'policy.like.nearKm': 45 })
    await page.getByLabel('Close').click()
    await page.getByText('Reset all').click()
    await visit.complete()
    expect(await page.locator('.digest').first().textContent()).not.toBe(digest)
    await page.getByText('Presets…').click()
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('is open').waitFor()
    await page.getByLabel('Close').click()
    await visit.complete()
    expect(await page.locator('.digest').first().textContent()).toBe(digest)
    await page.locator('.standing').click()
    const rates = page.waitForEvent('download')
    await page.getByText('Rates as CSV').click()
    const lines = readFileSync(await (await rates).path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe('seed,day,metric,name,value,low,high,n')
    expect(lines.length).toBeGreaterThan(4 * 6 * 30)
    expect(visit.wrong).toEqual([])
  })

  it('needs no more than the keyboard', async () => {
    visit = await Visit.start({ link: 'seed=keys&count=120&days=6' })
    const { page } = visit
    await visit.complete()
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the charts')
    await page.keyboard.press('Enter')
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate<boolean>('document.activeElement.classList.contains("chart")')) break
    }
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(await page.evaluate<string>('document.activeElement.querySelector("[aria-live]").textContent')).toMatch(
      /^day 5: now /,
    )
    await page.keyboard.press('Enter')
    await page.locator('dialog[open] table').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    expect(await page.evaluate<boolean>('document.activeElement.classList.contains("chart")')).toBe(true)
    expect(visit.wrong).toEqual([])
  })

  it('is told when a worker dies, and it goes on', async () => {
    visit = await Visit.start({ link: 'seed=dies&count=200&days=40' })
    const { page } = visit
    await page.evaluate('dispatchEvent(new Event("mingle-crash"))')
    await page.getByText('A simulation worker stopped').waitFor()
    await visit.complete()
  })

  it.each(['default', 'null'])('has the command line’s digest in the preset %s', async (preset) => {
    const { digest } = JSON.parse(
      cli('run', '--run-seed', 'pre', '--count', '80', '--days', '5', '--preset', preset, '--writer', 'none', '--json'),
    )
    visit = await Visit.start({ link: 'seed=pre&count=80&days=5' })
    await visit.page.getByText('Presets…').click()
    await visit.page.getByLabel(`Open ${preset}`, { exact: true }).click()
    await visit.page.getByLabel('Close').click()
    await visit.complete()
    await visit.page.locator('.standing').click()
    expect(await visit.page.locator('[data-digest]').textContent()).toBe(digest)
  })
})
