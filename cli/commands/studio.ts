import type { CAC } from 'cac'
import { typed } from '../arguments.ts'
import type { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { wholeNumber } from '../values.ts'

export function registerStudio(cli: CAC): void {
  const command = cli.command('studio', 'Open a page that simulates while you move the parameters')
  command.option('--port <n>', 'Port on 127.0.0.1 (default: 4600, or the next that is free; 0: any)')
  command.option('--no-open', 'Print the address, and open no browser')
  command.example('  $ mingle studio')
  command.example('  $ mingle studio --port 4600 --no-open')
  command.action(studio)
}

async function studio(flags: Flags): Promise<number> {
  const text = typed(flags.port, '--port')
  const port = text === undefined ? undefined : wholeNumber(text, '--port', 0, 65_535)
  const { openBrowser, startStudio } = await import('../../studio/index.ts')
  const studio = await startStudio({ port: port ?? 0 })
  console.log(`The studio is at ${studio.address}`)
  console.log('It runs in the page; Ctrl-C ends it.')
  if (flags.open !== false) openBrowser(studio.address)
  await untilInterrupted()
  await studio.close()
  return 0
}
