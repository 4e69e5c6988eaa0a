import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, it } from 'vitest'
import { CHROMIUM, Visit } from '../browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SMALL = 'seed=frame&count=150&days=10'

let visit: Visit | undefined
afterEach(async () => {
  await visit?.close()
  visit = undefined
})

/** Serious and critical violations, as rule and place. */
async function violations({ page }: Visit): Promise<string[]> {
  // By the debugger, past the page's policy, which would refuse it.
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
        }>
      }
    }
    const found = await axe.run()
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
      )
  })
}

describe.skipIf(CHROMIUM === undefined)('the page', () => {
  it.each([
    ['light', 1280],
    ['light', 390],
    ['dark', 1280],
    ['dark', 390],
  ] as const)(
    'in the %s theme at %i pixels has no error, no foreign request and no serious violation',
    async (theme, width) => {
      visit = await Visit.start({ link: SMALL, theme, width })
      await visit.complete()
      expect(await violations(visit)).toEqual([])
      expect(visit.wrong).toEqual([])
      const overflow = await visit.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
    },
  )

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
