import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { startStudio } from '../../studio/index.ts'

/** Makes the pictures of docs/studio.md from the built page: `npm run docs:studio`. Needs a Chromium. */
const FOLDER = join(process.cwd(), 'docs/pictures')
const RUN = 'seed=demo-2024&count=1000&days=30'

interface Picture {
  readonly name: string
  readonly link: string
  readonly theme: 'light' | 'dark'
  readonly width: number
  /** Waits until what is to be seen is there. */
  readonly ready: (page: Page) => Promise<void>
}

const complete = async (page: Page) =>
  page.locator('.standing-word', { hasText: 'complete' }).waitFor({ timeout: 300_000 })

const PICTURES: readonly Picture[] = [
  {
    name: 'rates',
    link: `${RUN}&policy.reply.openerLogit=2&policy.like.nearKm=30`,
    theme: 'light',
    width: 1280,
    ready: complete,
  },
  {
    name: 'person',
    link: `${RUN}&view=people&person=251`,
    theme: 'light',
    width: 1280,
    ready: async (page) => {
      await page.locator('.threads button').first().click({ timeout: 300_000 })
      await page.locator('.chat').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'map',
    link: `${RUN}&view=map`,
    theme: 'dark',
    width: 1280,
    ready: async (page) => page.locator('.map canvas').waitFor({ timeout: 300_000 }),
  },
  {
    name: 'network',
    link: `${RUN}&view=network`,
    theme: 'light',
    width: 1280,
    ready: async (page) => page.locator('.network-view canvas').waitFor({ timeout: 300_000 }),
  },
  {
    name: 'distributions',
    link: `${RUN}&view=distributions`,
    theme: 'light',
    width: 1280,
    ready: async (page) => page.locator('.funnel').waitFor({ timeout: 300_000 }),
  },
  { name: 'narrow', link: RUN, theme: 'dark', width: 390, ready: complete },
]

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
if (executablePath === undefined) throw new Error('there is no Chromium here; apt-get install chromium')
mkdirSync(FOLDER, { recursive: true })
const studio = await startStudio({ port: 0, folder: join(process.cwd(), 'dist/studio/page') })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const wanted = process.argv.slice(2)
  for (const { name, link, theme, width, ready } of PICTURES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 780 : 800 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(`${studio.address}#${link}`)
    await ready(page)
    await page.waitForTimeout(800)
    await page.screenshot({ path: join(FOLDER, `studio-${name}.png`) })
    console.log(`docs/pictures/studio-${name}.png`)
    await context.close()
  }
} finally {
  await browser.close()
  await studio.close()
}
