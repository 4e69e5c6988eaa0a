import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { type Studio, type StudioOptions, startStudio } from '../../studio/index.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium is; undefined where there is none, and then tests of the page are skipped. */
export const CHROMIUM = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place))
if (CHROMIUM === undefined) console.log('no Chromium here: the studio’s page is not tested (apt-get install chromium)')

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Promise<Browser> | undefined

/** One browser a test file; each visit has a fresh profile in it. */
const sharedBrowser = () => (browser ??= chromium.launch({ executablePath: CHROMIUM!, args: FLAGS }))
afterAll(async () => (await browser)?.close())

export interface VisitOptions {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
}

/** A studio and a browser that looks at it. What goes wrong in the page is gathered in `wrong`. */
export class Visit {
  readonly page: Page
  /** Errors on the console, uncaught errors, and requests to anywhere but the page's own origin. */
  readonly wrong: string[] = []
  private readonly studio: Studio | undefined
  private readonly context: BrowserContext

  private constructor(address: string, studio: Studio | undefined, context: BrowserContext, page: Page) {
    this.studio = studio
    this.context = context
    this.page = page
    const own = `${new URL(address).origin}/`
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.wrong.push(message.text())
    })
    page.on('pageerror', (error) => this.wrong.push(error.message))
    context.on('request', (request) => {
      if (!request.url().startsWith(own) && !request.url().startsWith(`blob:${own}`))
        this.wrong.push(`asked for ${request.url()}`)
    })
  }

  /** A visit to a studio of its own. */
  static async start(options: VisitOptions & { link?: string; studio?: Partial<StudioOptions> } = {}): Promise<Visit> {
    // The built server beside the built page: what a user runs.
    const studio = await startStudio({ port: 0, folder: 'dist/studio/page', ...options.studio })
    return Visit.begin(`${studio.address}#${options.link ?? ''}`, options, studio)
  }

  /** A visit to the address that a command printed. */
  static at(address: string, options: VisitOptions = {}): Promise<Visit> {
    return Visit.begin(address, options, undefined)
  }

  private static async begin(
    address: string,
    { width = 1280, theme = 'light' }: VisitOptions,
    studio: Studio | undefined,
  ): Promise<Visit> {
    const context = await (await sharedBrowser()).newContext({
      viewport: { width, height: width < 500 ? 844 : 860 },
      colorScheme: theme,
      acceptDownloads: true,
    })
    const page = await context.newPage()
    const visit = new Visit(address, studio, context, page)
    await page.goto(address)
    return visit
  }

  /** Waits until every seed of the run has been simulated. */
  async complete(): Promise<void> {
    await this.page.locator('.standing-word', { hasText: 'complete' }).waitFor({ timeout: 90_000 })
  }

  async close(): Promise<void> {
    await this.context.close()
    await this.studio?.close()
  }
}
