import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
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

async function openMostMatched(page: Page): Promise<void> {
  await page.locator('.grid-row.head button', { hasText: 'matches' }).click({ timeout: 300_000 })
  await page.locator('.grid-body .grid-row').first().click()
}

const PICTURES: readonly Picture[] = [
  {
    name: 'rates',
    link: `${RUN}&policy.reply.openerLogit=2.4&policy.like.nearKm=60`,
    theme: 'light',
    width: 1280,
    ready: complete,
  },
  {
    name: 'person',
    link: `${RUN}&view=people`,
    theme: 'light',
    width: 1280,
    ready: async (page) => {
      await openMostMatched(page)
      await page.locator('.threads button').first().click({ timeout: 300_000 })
      await page.locator('.person-lives').evaluate((lives) => lives.scrollIntoView())
    },
  },
  {
    name: 'why',
    link: `${RUN}&view=people`,
    theme: 'light',
    width: 1280,
    ready: async (page) => {
      await openMostMatched(page)
      await page.locator('.timeline .why').first().click({ timeout: 300_000 })
      await page.locator('dialog[open] .answer').waitFor({ timeout: 300_000 })
    },
  },
  {
    name: 'map',
    link: `${RUN}&view=map`,
    theme: 'dark',
    width: 1280,
    ready: async (page) => {
      await page.locator('.map canvas').waitFor({ timeout: 300_000 })
      await page.getByRole('button', { name: 'matches', exact: true }).click()
    },
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
    link: `${RUN}&view=distributions&population.archetype.social=3`,
    theme: 'dark',
    width: 1280,
    ready: async (page) => page.locator('.funnel .outline').first().waitFor({ state: 'attached', timeout: 300_000 }),
  },
  { name: 'narrow', link: RUN, theme: 'dark', width: 390, ready: complete },
]

/** A picture as WebP, by the browser's own encoder: a fifth of the bytes. */
async function asWebp(blank: Page, png: Buffer): Promise<Buffer> {
  // As text: this file knows no page's types.
  const text = await blank.evaluate<string>(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${png.toString('base64')}'
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d').drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.86)
  })()`)
  return Buffer.from(text.split(',')[1]!, 'base64')
}

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
    const blank = await context.newPage()
    const picture = await asWebp(blank, await page.screenshot())
    writeFileSync(join(FOLDER, `studio-${name}.webp`), picture)
    console.log(`docs/pictures/studio-${name}.webp, ${Math.round(picture.length / 1000)} kB`)
    await context.close()
  }
} finally {
  await browser.close()
  await studio.close()
}
