import { resolve } from 'node:path'
import type { CAC } from 'cac'
import type { FormatName } from '../../../persist/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import { askedOptions, withAskedRun } from '../../options/asked.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

const FORMATS: readonly FormatName[] = ['parquet', 'csv', 'ndjson']

export function registerExport(cli: CAC): void {
  const command = cli.command(
    'export [...tables]',
    'Write tables for learning and analysis: interactions with their true probabilities, people with their arms, cohorts',
  )
  askedOptions(command)
  command.option('--format <name>', 'parquet (the default), csv or ndjson')
  command.option('--out <folder>', 'Folder to write to (default: ./export)')
  command.example('  $ mingle export --database-url file:./mingle.db --out ./data')
  command.example('  $ mingle export interactions --run-seed demo-2024 --count 1000 --days 30 --format csv')
  command.example(
    '  $ mingle export people --run-seed test --count 1000 --arm treatment=0.5 --arm-set treatment:policy.like.fatigue=0',
  )
  command.action(exportTables)
}

async function exportTables(words: readonly string[], flags: Flags): Promise<number> {
  const { EXPORT_NAMES, EXPORTS, exportRun } = await import('../../../run/index.ts')
  const tables = words.length === 0 ? EXPORT_NAMES : EXPORT_NAMES.filter((name) => words.includes(name))
  const unknown = words.find((word) => !EXPORT_NAMES.some((name) => name === word))
  if (unknown !== undefined) {
    throw new MingleError('BAD_INPUT', `there is no table '${unknown}' to export; there are ${EXPORT_NAMES.join(', ')}`)
  }
  const given = typed(flags.format, '--format') ?? 'parquet'
  const format = FORMATS.find((name) => name === given)
  if (!format) throw new MingleError('BAD_INPUT', `--format expects ${FORMATS.join(', ')}, got '${given}'`)
  const folder = resolve(typed(flags.out, '--out') ?? 'export')
  const { ProgressView } = await import('../../reports/progress.ts')
  const view = new ProgressView()
  const result = await withAskedRun(flags, async ({ run, words: about }) => {
    try {
      const onProgress = (done: number) =>
        view.show({ phase: 'replay', done: Math.round(done * run.days), total: run.days, rows: 0 })
      return { run: about, ...(await exportRun(run, { tables, format, folder, onProgress })) }
    } finally {
      view.stop()
    }
  })
  if (flags.json === true) console.log(JSON.stringify(result))
  else {
    console.log(`${result.run}, into ${folder}`)
    printTable(
      ['file', 'rows', 'what'],
      result.files.map(({ file, table, rows }) => [file, rows, EXPORTS[table].what]),
    )
    console.log(`${result.dictionary} says what each column is`)
  }
  return 0
}
