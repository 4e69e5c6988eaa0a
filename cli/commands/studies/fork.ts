import type { CAC } from 'cac'
import type { ForkStudy, Point, Setting } from '../../../experiments/index.ts'
import { optionWords } from '../../../run/advice/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { difference } from '../../experiments/amounts.ts'
import { experimentOptions, measure, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typedList } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerFork(cli: CAC): void {
  const command = cli.command('fork', 'One past, several policies from it: how each differs from no change, day by day')
  experimentOptions(command, 'Pasts, each with all policies (default: 10)')
  command.option('--at-day <n>', 'Days that all share before the policies part (needed)')
  command.option(
    '--policy <path=value,…>',
    'What a future changes, or a preset of policies; one future each time it is given',
  )
  command.option(
    '--metric <name>',
    'What is drawn and printed by day (default: like_rate, match_rate, messages); may be repeated',
  )
  command.option('--plot', 'Draw the days in the terminal')
  command.example('  $ mingle fork --at-day 20 --days 40 --count 300 --policy policy.deck.likerShown=0.3')
  command.example(
    '  $ mingle fork --at-day 10 --policy policy.feed.like=0.01 --seeds 20 --out ./fork   # goes on when it was stopped',
  )
  command.example('  $ mingle fork --at-day 30 --days 60 --policy policy.like.near=0.2 --policy ./kinder.json --plot')
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  if (flags.json === true) refuseBeside(flags, '--json', 'prints every metric, and draws none', ['metric', 'plot'])
  const base = seedBase(flags, 'fork')
  const seeds = whole(flags, 'seeds', '--seeds', 10, 2, 100_000)
  const setting = await settingOf(flags)
  if (flags.atDay === undefined) throw new MingleError('BAD_INPUT', 'fork needs --at-day: how many days all share')
  const atDay = whole(flags, 'atDay', '--at-day', 0, 1, 36_500)
  if (atDay >= setting.days)
    throw new MingleError('BAD_INPUT', `--at-day ${atDay} leaves nothing of the ${setting.days} days; give more --days`)
  const names = typedList(flags.policy, '--policy')
  if (names.length === 0)
    throw new MingleError('BAD_INPUT', 'fork needs a policy, such as --policy policy.deck.likerShown=0.3')
  const policies = await Promise.all(names.map((name) => policyOf(setting, name)))
  const metrics = typedList(flags.metric, '--metric')
  const shown = await Promise.all(
    (metrics.length > 0 ? metrics : ['like_rate', 'match_rate', 'messages']).map((name) => measure(name, '--metric')),
  )
  const { fork } = await import('../../../experiments/index.ts')
  const details = { base, seeds, atDay, policies: names.map((name, i) => ({ name, changes: policies[i] })) }
  const plan = { kind: 'fork', paths: [], details }
  return withLaboratory(flags, setting, plan, async (laboratory) => {
    const result = await fork(laboratory.runForks, policies, { base, seeds, atDay, days: setting.days })
    const { failures, stopped } = result
    const { linePlot } = await import('../../plot/line-plot.ts')
    const again = againOf(await repeatOf(setting, flags), base, atDay, names)
    const plots = flags.plot === true ? shown.flatMap((own) => drawn(result, own, names, linePlot)) : []
    return {
      json: json(setting, atDay, names, policies, result, again),
      print: () => {
        for (const own of shown) print(result, own, names)
        for (const line of plots) console.log(line)
      },
      failures,
      stopped,
    }
  })
}

/** `a=1,b=2` below `policy`, or a preset of such. @throws MingleError BAD_INPUT for what a fork cannot change */
async function policyOf(setting: Setting, text: string): Promise<Point> {
  const { presetNamed, setParameter } = await import('../../../run/index.ts')
  const { defaultParameters, parameterValue, resolveConfig, withPolicy } = await import('../../../sim/index.ts')
  const { inputOf, policyTree } = await import('../../../experiments/index.ts')
  let point: Point
  if (/^[\w.]+=/.test(text)) {
    const tree = defaultParameters()
    const own: Record<string, number> = {}
    for (const setting of text.split(',')) {
      setParameter(tree, setting)
      const path = setting.slice(0, setting.indexOf('='))
      own[path] = parameterValue(tree, path)
    }
    point = own
  } else point = presetNamed(text).set
  const foreign = Object.keys(point).find((path) => !path.startsWith('policy.'))
  if (foreign !== undefined)
    throw new MingleError(
      'BAD_INPUT',
      `--policy ${text} changes ${foreign}, and who the people are is settled; give policies alone`,
    )
  withPolicy(resolveConfig(inputOf(setting, { seed: 'check', point: {} })), policyTree(point))
  return point
}

function json(
  setting: Setting,
  atDay: number,
  names: readonly string[],
  policies: readonly Point[],
  { rows, seeds }: ForkStudy,
  again: (seeds: number) => string,
): Record<string, unknown> {
  const command = again(seeds.length)
  return {
    people: setting.input.count,
    days: setting.days,
    atDay,
    policies: names.map((name, i) => ({ name, changes: policies[i] })),
    seeds,
    commands: [command],
    rows: rows.map(({ policy, measure: { key, name, unit }, day, mean, deviation, low, high, n }) => {
      return { policy, metric: key, name, unit, day, mean, difference: mean, sd: deviation, low, high, n, command }
    }),
  }
}

/** The command that makes a fork of so many pasts again. */
function againOf(repeat: Repeat, base: string, atDay: number, names: readonly string[]): (seeds: number) => string {
  const policies = names.map((name) => optionWords('--policy', name))
  return (seeds) => repeat.experiment('fork', base, [`--seeds ${seeds}`, `--at-day ${atDay}`, ...policies])
}

type Shown = Awaited<ReturnType<typeof measure>>

function print({ rows, seeds }: ForkStudy, own: Shown, names: readonly string[]): void {
  const mine = rows.filter(({ measure: { key } }) => key === own.key)
  console.log(`\n${own.name} (${own.key}): policy less no change, over ${seeds.length} pasts`)
  const days = [...new Set(mine.map(({ day }) => day))].sort((a, b) => (a ?? 1e9) - (b ?? 1e9))
  printTable(
    ['day', ...names],
    days.map((day) => [
      day === null ? 'whole run' : String(day),
      ...names.map((_, policy) => {
        const row = mine.find((each) => each.policy === policy && each.day === day)
        return row === undefined || row.n === 0
          ? '–'
          : `${difference(own, row.mean)}  (${difference(own, row.low)} … ${difference(own, row.high)})`
      }),
    ]),
  )
}

function drawn(
  { rows }: ForkStudy,
  own: Shown,
  names: readonly string[],
  linePlot: typeof import('../../plot/line-plot.ts').linePlot,
): string[] {
  const series = new Map(
    names.map((name, policy) => [
      name,
      rows
        .filter(
          (row) => row.policy === policy && row.measure.key === own.key && row.day !== null && Number.isFinite(row.low),
        )
        .map(({ day, mean, low, high }) => ({ x: day!, mean, low, high })),
    ]),
  )
  return ['', `${own.name}: difference from no change by day`, ...linePlot(series, (value) => difference(own, value))]
}
