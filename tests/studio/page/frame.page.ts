import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { violations } from '../axe.ts'
import { CHROMIUM, Visit } from '../browser.ts'

const SMALL = 'seed=frame&count=150&days=10&policy.like.nearKm=30'

let visit: Visit | undefined
afterEach(async () => {
  await visit?.close()
  visit = undefined
})

/** Every view with what opens in it: how to get there, and what shows that it is there. */
const SHOWN: readonly (readonly [name: string, go: (page: Page) => Promise<unknown>])[] = [
  ['rates', async () => {}],
  [
    'a metric',
    async (page) => {
      await page.locator('.rate h3 button').first().click()
      await page.locator('dialog[open] .large svg').waitFor()
    },
  ],
  [
    'the run',
    async (page) => {
      await page.keyboard.press('Escape')
      await page.locator('.standing').click()
      await page.locator('[data-digest]').waitFor()
    },
  ],
  [
    'distributions',
    async (page) => {
      await page.keyboard.press('Escape')
      await tab(page, 'Distributions')
      await page.locator('.cohorts').waitFor()
    },
  ],
  [
    'people',
    async (page) => {
      await tab(page, 'People')
      await page.locator('.grid-body .grid-row').first().waitFor()
    },
  ],
  [
    'a person',
    async (page) => {
      await page.locator('.grid-row.head button', { hasText: 'matches' }).click()
      await page.locator('.grid-body .grid-row').first().click()
      await page.locator('.threads button').first().click()
    },
  ],
  [
    'a why',
    async (page) => {
      await page.locator('.why').first().click()
      await page.locator('dialog[open] .answer').waitFor()
    },
  ],
  [
    'the map',
    async (page) => {
      await page.keyboard.press('Escape')
      await tab(page, 'Map')
      await page.locator('.map canvas').waitFor()
    },
  ],
  [
    'the network',
    async (page) => {
      await tab(page, 'Network')
      await page.locator('.network-view canvas').waitFor()
    },
  ],
  [
    'goals',
    async (page) => {
      await tab(page, 'Goals')
      await page.locator('.movers li').first().waitFor()
    },
  ],
  [
    'presets',
    async (page) => {
      const narrow = page.locator('.tabs .only-narrow')
      if (await narrow.isVisible()) await narrow.click()
      await page.getByText('Presets…').click()
      await page.locator('dialog[open]').waitFor()
    },
  ],
  [
    'parameters',
    async (page) => {
      await page.keyboard.press('Escape')
      await page.getByLabel('Search parameters').fill('like')
    },
  ],
  ['runs', async (page) => tab(page, 'Runs')],
]

const tab = (page: Page, name: string) => page.locator('.tabs').getByText(name, { exact: true }).click()

describe.skipIf(CHROMIUM === undefined)('the page', () => {
  it.each([
    ['light', 1280],
    ['light', 390],
    ['dark', 1280],
    ['dark', 390],
  ] as const)(
    'in the %s theme at %i pixels has no error, no foreign request and no serious violation in any view',
    async (theme, width) => {
      visit = await Visit.start({ link: SMALL, theme, width })
      const { page } = visit
      await visit.complete()
      for (const [name, go] of SHOWN) {
        await go(page)
        expect(await violations(page), name).toEqual([])
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0)
      }
      expect(visit.wrong).toEqual([])
    },
  )

  it('needs less than 400 kB, compressed, for its first view with the worker that simulates', async () => {
    visit = await Visit.start({ link: SMALL })
    await visit.complete()
    const files = await visit.page.evaluate<string[]>(
      'performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)',
    )
    const worker = readdirSync('dist/studio/page/assets').filter((name) => /^rates-.*\.js$/.test(name))
    const names = new Set(['/index.html', ...files, ...worker.map((name) => `/assets/${name}`)])
    let bytes = 0
    for (const name of names) {
      if (name.startsWith('/api/')) continue
      const file = readFileSync(join('dist/studio/page', name))
      bytes += name.endsWith('.woff2') ? file.length : gzipSync(file).length
    }
    console.log(`the first view is ${Math.round(bytes / 1000)} kB compressed, in ${names.size} files`)
    expect(bytes).toBeLessThan(400_000)
  })

  it.each([
    ['the defaults', 'seed=equal&count=120&days=8', []],
    ['a changed policy', 'seed=equal&count=120&days=8&policy.like.nearKm=30', ['--set', 'policy.like.nearKm=30']],
    [
      'another day and places',
      'seed=equal&count=120&days=8&start=2023-06-01&places=world',
      ['--start-date', '2023-06-01', '--places', 'world'],
    ],
  ])('has the command line’s digest with %s', async (_, link, options) => {
    const args = [
      'run',
      '--run-seed',
      'equal',
      '--count',
      '120',
      '--days',
      '8',
      ...options,
      '--writer',
      'none',
      '--json',
    ]
    const { digest } = JSON.parse(execFileSync('node', ['dist/cli/mingle.js', ...args], { encoding: 'utf8' }))
    visit = await Visit.start({ link })
    await visit.complete()
    await visit.page.locator('.standing').click()
    expect(await visit.page.locator('[data-digest]').textContent()).toBe(digest)
  })
})
