import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createSimulation, FACT_KINDS, METRICS } from '../../../sim/index.ts'
import { CHROMIUM, Visit } from '../browser.ts'

let visit: Visit | undefined
afterEach(async () => {
  await visit?.close()
  visit = undefined
})

describe.skipIf(CHROMIUM === undefined)('somebody who tries things', () => {
  it('drags an outcome on its chart; parameters are found, taken, and bring it there', async () => {
    visit = await Visit.start({ link: 'seed=goal&count=80&days=6' })
    const { page } = visit
    await page.getByLabel('seeds').selectOption('2')
    await visit.complete()
    const card = page.locator('.rate[data-metric="6"]')
    const before = Number.parseFloat((await card.locator('output').textContent())!)
    const grip = card.getByRole('slider')
    const box = (await grip.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 7, { steps: 5 })
    await page.mouse.up()
    await card.getByText('Take').waitFor({ timeout: 110_000 })
    const told = await card.locator('.card-goal [role=status]').textContent()
    const [, wanted, found] = /wanted ([\d.]+)%, (?:found|nearest) ([\d.]+)%/.exec(told!)!.map(Number)
    expect(wanted).toBeGreaterThan(before)
    expect(found).toBeGreaterThan(before)
    await card.getByText('Take').click()
    await visit.complete()
    // The very runs of the search, so the very same value.
    expect(Number.parseFloat((await card.locator('output').textContent())!)).toBeCloseTo(found!, 1)
    expect(await page.locator('.rate[data-metric="6"] .delta').textContent()).toContain('▲')
    expect(visit.wrong).toEqual([])
  })

  it('moves the handle by keys, and gives it up', async () => {
    visit = await Visit.start({ link: 'seed=goal&count=60&days=5' })
    const { page } = visit
    await visit.complete()
    const grip = page.locator('.rate[data-metric="6"]').getByRole('slider')
    await grip.focus()
    const at = await grip.getAttribute('aria-valuetext')
    await page.keyboard.press('ArrowUp')
    expect(await grip.getAttribute('aria-valuetext')).toMatch(/%, Enter looks for parameters$/)
    await page.keyboard.press('Escape')
    await page.locator('.card-goal').waitFor({ state: 'detached' })
    expect(await grip.getAttribute('aria-valuetext')).toBe(at)
  })

  it('steps by event through a day and into the next, in the order of the run, and back', async () => {
    const run = createSimulation({ seed: 'steps', count: 60 })
    const days = [run.runDay(), run.runDay(), run.runDay()].map(({ markets }) => {
      let told = 0
      for (const { order, tables } of markets) {
        for (const kind of order) if (['post', 'match', 'message', 'arrival'].includes(FACT_KINDS[kind]!)) told++
        told += tables.like.action.subarray(0, tables.like.rows).reduce((sum, action) => sum + action, 0)
      }
      return told
    })
    visit = await Visit.start({ link: `seed=steps&count=60&days=4&view=people&day=1&event=${days[1]! - 1}` })
    const { page } = visit
    const strip = (at: string) => page.locator(`[data-event="${at}"]`)
    await strip(`1:${days[1]! - 1}`).waitFor()
    expect(await page.locator('.event-strip').textContent()).toContain(`${days[1]} of ${days[1]} that day`)
    await page.getByLabel('Next event').click()
    await strip('2:0').waitFor()
    expect(await page.locator('.event-strip time').textContent()).toMatch(/^day 3, /)
    await page.getByLabel('Event before').click()
    await strip(`1:${days[1]! - 1}`).waitFor()
    await page.getByLabel('Event before').click()
    await strip(`1:${days[1]! - 2}`).waitFor()
    // A name opens the person, whose page then goes as far as the event.
    await page.locator('.event-strip .told .link').first().click()
    await page.locator('.person h2').waitFor()
    await page.getByLabel('Leave the events').click()
    await page.locator('.event-strip').waitFor({ state: 'detached' })
    expect(visit.wrong).toEqual([])
  })

  it('changes one trait from a day on: nothing before that day moves, and what follows does', async () => {
    visit = await Visit.start({ link: 'seed=acts&count=200&days=12&view=people&day=6' })
    const { page } = visit
    await page.locator('.grid-row.head button', { hasText: 'sessions' }).click()
    await page.locator('.grid-body .grid-row').first().click()
    await page.locator('.what-if select').selectOption('engagement')
    const slider = page.locator('.what-if input[type=range]')
    await slider.press('Home')
    await page.getByText('See', { exact: true }).click()
    const first = page.locator('.what-if [data-first]')
    await first.waitFor()
    expect(Number(await first.getAttribute('data-first'))).toBeGreaterThanOrEqual(6 * 86_400_000)
    expect(visit.wrong).toEqual([])
  })

  it('exports everything as JSON, a chart as SVG and PNG, and a figure’s numbers as numbers', async () => {
    visit = await Visit.start({ link: 'seed=saved&count=60&days=4&policy.like.nearKm=12' })
    const { page } = visit
    await visit.complete()
    const saved = async (press: () => Promise<void>) => {
      const download = page.waitForEvent('download')
      await press()
      return readFileSync(await (await download).path())
    }
    await page.locator('.standing').click()
    const everything = JSON.parse((await saved(() => page.getByText('Everything as JSON').click())).toString())
    expect(everything.digest).toBe(await page.locator('[data-digest]').textContent())
    expect(everything.rates).toHaveLength(4 * 4 * METRICS.length)
    await page.keyboard.press('Escape')
    await page.locator('.rate h3 button').first().click()
    const svg = (await saved(() => page.getByText('Save SVG').click())).toString()
    expect(svg).toMatch(/^<\?xml.*<svg.*<path.*stroke="rgb/s)
    const png = await saved(() => page.getByText('Save PNG').click())
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    expect(png.length).toBeGreaterThan(2000)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Distributions' }).click()
    const numbers = page.getByLabel('Save the numbers of From seen to met as CSV')
    // Those of the baseline come a little later.
    await page.getByLabel('Table: From seen to met').getByText('its share').waitFor({ state: 'attached' })
    const csv = (await saved(() => numbers.click())).toString()
    const [head, first, ...others] = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(head).toEqual(['stage', 'count', 'share', 'baseline', 'its share'])
    expect(first!.map((text) => text === '')).toEqual([false, false, true, false, true])
    expect(others.length).toBeGreaterThan(2)
    for (const [, ...cells] of others) {
      expect(cells).toHaveLength(4)
      for (const text of cells) expect(Number(text)).not.toBeNaN()
    }
    expect(visit.wrong).toEqual([])
  })
})
