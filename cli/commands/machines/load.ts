import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { keepSecret } from '../../failure.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerLoad(cli: CAC): void {
  const command = cli.command('load <folder> <database>', 'Bring the runs of a folder of files into an empty database')
  command.option('--allow-production', 'Write even where this looks like production')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle load parquet:./out postgresql://me@localhost/mingle')
  command.example('  $ mingle load ./out file:./mingle.db                # the format is found out')
  command.action(load)
}

async function load(folder: string, database: string, flags: Flags): Promise<number> {
  keepSecret(database)
  const { loadFolder } = await import('../../../persist/index.ts')
  const { ProgressView } = await import('../../reports/progress.ts')
  const view = new ProgressView()
  try {
    const loaded = await loadFolder(
      await folderUrl(folder),
      database,
      { allowProduction: flags.allowProduction === true },
      (_, rows, of) => view.show({ phase: 'the rows', done: rows, total: of, rows: 0 }),
    )
    view.stop()
    if (flags.json === true) console.log(JSON.stringify(loaded))
    else {
      printTable(['table', 'rows'], Object.entries(loaded.rows))
      console.log(`\nloaded: ${loaded.seeds.map((seed) => `run '${seed}'`).join(', ')}`)
    }
    return 0
  } finally {
    view.stop()
  }
}

/** A folder by its path: its manifest tells the format. */
async function folderUrl(folder: string): Promise<string> {
  if (/^[a-z][a-z0-9]+:/i.test(folder)) return folder
  const { readFile } = await import('node:fs/promises')
  const { join } = await import('node:path')
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(({ code, message }) => {
    const why = /^(ENOENT|ENOTDIR)$/.test(code) ? 'there is no manifest.json' : message
    throw new MingleError(
      'BAD_INPUT',
      `${folder} holds no run that can be read: ${why}; name a folder that 'mingle run' or 'mingle plan finish' wrote`,
    )
  })
  // One that is damaged says so when it is opened, whatever the format.
  const format = /"format"\s*:\s*"(ndjson|csv|parquet)"/.exec(text)?.[1] ?? 'parquet'
  return `${format}:${folder}`
}
