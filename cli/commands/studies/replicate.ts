import type { CAC } from 'cac'
import type { Replication, Setting } from '../../../experiments/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { interval, shown } from '../../experiments/amounts.ts'
import { byMeasure, experimentOptions, positive, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerReplicate(cli: CAC): void {
  const command = cli.command('replicate', 'Simulate many seeds without a database: every metric with its interval')
  experimentOptions(command, 'How many (default: 10); with --until the pilot from which the number follows')
  command.option('--until <metric=half-width>', 'Go on until the 95% interval is this narrow; may be repeated')
  command.option('--at-most <n>', 'With --until: never more seeds than these (default: 200)')
  command.example('  $ mingle replicate --seeds 10 --count 300 --days 20')
  command.example('  $ mingle replicate --until match_rate=0.002 --at-most 100 --json')
  command.example('  $ mingle replicate --preset ./shy.json --out ./shy')
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  const base = seedBase(flags, 'replicate')
  const until = new Map<string, number>()
  for (const [key, text] of await byMeasure(flags, 'until', '--until')) until.set(key, positive(text, `--until ${key}`))
  if (until.size === 0 && flags.atMost !== undefined) {
    throw new MingleError('BAD_INPUT', '--at-most ends what --until goes on with; leave it out, or add --until')
  }
  const seeds = whole(flags, 'seeds', '--seeds', 10, until.size > 0 ? 2 : 1, 100_000)
  const atMost = whole(flags, 'atMost', '--at-most', 200, seeds, 100_000)
  const setting = await settingOf(flags)
  const { replicate } = await import('../../../experiments/index.ts')
  const plan = { kind: 'replicate', paths: [], details: { base, seeds, until: Object.fromEntries(until) } }
  return withLaboratory(flags, setting, plan, async (laboratory, view) => {
    const onPlan = (total: number) => {
      if (until.size > 0)
        view.say(`After ${seeds} seeds: ${total} are needed${total === atMost ? ' (--at-most)' : ''}.`)
    }
    const options = { base, seeds, until: Object.fromEntries(until), atMost, onPlan }
    const result = await replicate(laboratory.run, options)
    const { failures, stopped } = result
    const repeat = await repeatOf(setting, flags)
    const targets = [...until].map(([key, half]) => `--until ${key}=${half}`)
    const goOn = until.size > 0 ? [...targets, `--at-most ${atMost}`] : []
    const again = repeat.experiment('replicate', base, [`--seeds ${seeds}`, ...goOn])
    return { json: json(setting, result, repeat, again), print: () => print(result), failures, stopped }
  })
}

function json(
  setting: Setting,
  { rows, seeds, targets }: Replication,
  repeat: Repeat,
  again: string,
): Record<string, unknown> {
  return {
    people: setting.input.count,
    days: setting.days,
    seeds,
    commands: seeds.map((seed) => repeat.run({ seed, point: {} })),
    targets,
    rows: rows.map(({ measure: { key, name, unit }, mean, deviation, low, high, n }) => {
      return { metric: key, name, unit, mean, sd: deviation, low, high, n, command: again }
    }),
  }
}

function print({ rows, targets }: Replication): void {
  printTable(
    ['metric', 'mean', 'sd', '95% interval', 'n', 'what'],
    rows
      .filter(({ n }) => n > 0)
      .map(({ measure, mean, deviation, low, high, n }) => [
        measure.key,
        shown(measure, mean),
        shown(measure, deviation),
        interval(measure, low, high),
        n,
        measure.unit === 'share' || measure.unit === 'number' ? measure.name : `${measure.name}, ${measure.unit}`,
      ]),
  )
  for (const { measure, half, reached, needed } of targets) {
    console.log(
      reached
        ? `\n${measure} is known to ±${half}.`
        : `\n${measure} is not known to ±${half}: that takes ${Number.isFinite(needed) ? `${needed} seeds` : 'something to measure'}.`,
    )
  }
}
