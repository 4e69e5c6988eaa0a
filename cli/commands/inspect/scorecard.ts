import type { CAC } from 'cac'
import { wantNoExtension } from '../../experiments/options.ts'
import { Interrupt } from '../../interrupt.ts'
import { runSettings } from '../../options/configured.ts'
import {
  configOption,
  days,
  daysOption,
  drive,
  type Flags,
  runSeed,
  seedOption,
  seeds,
  settingOptions,
} from '../../options/flags.ts'

export function registerScorecard(cli: CAC): void {
  const command = cli.command('scorecard', 'Simulate many seeds without a database and judge the rates that emerge')
  command.option('--seeds <n>', 'How many (default: 10, the fewest for a verdict)')
  seedOption(command, 'What the seeds begin with: score gives score-1, score-2, … (default: score)')
  configOption(settingOptions(command))
  daysOption(command, 'Days to simulate (default: 30)')
  command.option('--extension <file>', 'off leaves out the one that mingle.config.ts names; the scorecard knows none')
  command.option('--workers <n>', 'Seeds simulated at a time (default: the cores)')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle scorecard --seeds 10 --count 1000 --days 30')
  command.example('  $ mingle scorecard --women 0.35 --set policy.reply.openerLogit=1.4 --json')
  command.action(scorecard)
}

async function scorecard(flags: Flags): Promise<number> {
  const { workers, json } = drive(flags)
  const base = runSeed(flags) ?? 'score'
  const many = seeds(flags)
  const length = days(flags)
  const { configFromSettings, scoreSeeds } = await import('../../../run/index.ts')
  await wantNoExtension(flags)
  const given = await runSettings(flags, base)
  const configs = Array.from({ length: many }, (_, i) => {
    return configFromSettings({ ...given, seed: `${base}-${i + 1}`, count: given.count ?? 1000 })
  })
  const interrupt = new Interrupt(() =>
    process.stderr.write('Stopping after the seeds under way; Ctrl-C again ends at once.\n'),
  )
  const result = await scoreSeeds(configs, length, {
    ...(workers !== undefined && { workers: Math.max(1, workers) }),
    signal: interrupt.signal,
    onSeed: (done, total) => process.stderr.write(`${done}/${total} seeds\n`),
  }).finally(() => interrupt.release())
  if (result === null) return 130
  const { printSeeds, seedsJson } = await import('../../reports/scorecard-report.ts')
  if (json) console.log(JSON.stringify({ seeds: many, people: configs[0]!.count, days: length, ...seedsJson(result) }))
  else printSeeds(result)
  return result.holds ? 0 : 1
}
