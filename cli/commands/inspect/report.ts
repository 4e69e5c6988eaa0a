import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import { databaseOptions, type Flags, runSeed, seedOption } from '../../options/flags.ts'

export function registerReport(cli: CAC): void {
  const command = cli.command('report [folder]', 'Write one HTML file that shows a run, or an experiment’s folder')
  seedOption(command, 'The run (default: the only one in the database)')
  databaseOptions(command)
  command.option('--extension <file>', "The run's extension (default: the file that its ledger names)")
  command.option('-o, --output <file>', 'File to write (default: report.html)')
  command.example('  $ mingle report --database-url file:./mingle.db -o report.html')
  command.example('  $ mingle report --run-seed demo-2024 -o demo.html')
  command.example('  $ mingle report ./sweep -o sweep.html          # what mingle sweep --out ./sweep wrote')
  command.action(report)
}

async function report(folder: string | undefined, flags: Flags): Promise<number> {
  if (
    folder !== undefined &&
    [flags.databaseUrl, flags.runSeed, flags.config, flags.extension].some((given) => given !== undefined)
  ) {
    throw new MingleError(
      'BAD_INPUT',
      'a report shows an experiment’s folder or a run of a database, not both: leave the folder out, or --database-url, --run-seed, --config and --extension',
    )
  }
  const output = typed(flags.output, '--output') ?? 'report.html'
  const { checkFile, writeWhole } = await import('../../../installation/index.ts')
  checkFile(output, '--output')
  const { renderer } = await import('../../../studio/index.ts')
  const { renderRun, renderExperiment } = await renderer()
  if (folder !== undefined) {
    const { readExperiment } = await import('../../../studio/index.ts')
    writeWhole(output, renderExperiment(await readExperiment(folder)))
  } else {
    writeWhole(output, renderRun(await gathered(flags)))
  }
  console.log(`The report is ${output}`)
  return 0
}

async function gathered(flags: Flags) {
  const { chooseRun } = await import('../../../run/index.ts')
  const { gatherRun } = await import('../../../studio/index.ts')
  const { withLedger } = await import('../../ledger.ts')
  const { runCommands } = await import('../../../run/commands/index.ts')
  const { ProgressView } = await import('../../reports/progress.ts')
  const view = new ProgressView()
  return withLedger(flags, async (ledger, store) => {
    const { seed } = await chooseRun(store, runSeed(flags), () => true, 'run')
    return gatherRun(ledger, seed, runCommands, (done, total) => view.show({ phase: 'replay', done, total, rows: 0 }))
  }).finally(() => view.stop())
}
