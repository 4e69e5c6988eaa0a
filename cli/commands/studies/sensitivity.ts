import type { CAC } from 'cac'
import type { Factor, Sensitivity, Setting } from '../../../experiments/index.ts'
import { optionWords } from '../../../run/advice/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { experimentOptions, measure, pathList, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typed, typedList } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

/** The mandated rates that a parameter can move, and the two that everybody asks for. */
const USUAL = [
  'match_rate',
  'reply_rate',
  'silent_matches',
  'posts_per_week',
  'feed_engagement',
  'unliked_posts',
  'inactive',
  'like_rate',
  'messages',
]

export function registerSensitivity(cli: CAC): void {
  const command = cli.command('sensitivity', 'Find which parameters move which metrics: screening, then Sobol indices')
  experimentOptions(command, null)
  command.option(
    '--free <path,…>',
    'Vary these alone, such as policy.like,population.traits (default: all that move a metric)',
  )
  command.option('--lock <path,…>', 'Leave these as they are')
  command.option('--metric <name>', 'What is asked about (default: nine of them); may be repeated')
  command.option(
    '--trajectories <n>',
    'Walks of the screening, each a run for every factor (default: 10; 0: none, the leaders are named)',
  )
  command.option(
    '--leaders <n|factor,…>',
    'Factors for Sobol indices, how many or which (default: 6; 0: screening alone)',
  )
  command.option('--rows <n>', 'Rows of their design, a power of two: leaders + 4 runs each (default: 64)')
  command.example('  $ mingle sensitivity --count 300 --days 20')
  command.example(
    '  $ mingle sensitivity --free policy.opening,policy.reply --metric silent_matches --trajectories 20 --leaders 0',
  )
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  const base = seedBase(flags, 'sensitivity')
  const { factorsOf, sensitivity } = await import('../../../experiments/index.ts')
  const factors = factorsOf(pathList(flags, 'free', '--free'), pathList(flags, 'lock', '--lock'))
  if (factors.length === 0)
    throw new MingleError('BAD_INPUT', 'sensitivity has nothing left to vary; name some with --free, or lock fewer')
  const named = typedList(flags.metric, '--metric')
  const measures = await Promise.all((named.length > 0 ? named : USUAL).map((name) => measure(name, '--metric')))
  const leaders = leadersOf(flags, factors)
  const trajectories = whole(flags, 'trajectories', '--trajectories', 10, 0, 10_000)
  if (trajectories === 1 || (trajectories === 0 && typeof leaders === 'number'))
    throw new MingleError(
      'BAD_INPUT',
      trajectories === 1
        ? '--trajectories 1 has no spread to tell chance by; give at least 2'
        : '--trajectories 0 finds no leaders; name some, such as --leaders policy.like.near',
    )
  if (leaders === 0) refuseBeside(flags, '--leaders 0', 'computes no Sobol indices', ['rows'])
  const rows = whole(flags, 'rows', '--rows', 64, 8, 65_536)
  if ((rows & (rows - 1)) !== 0)
    throw new MingleError('BAD_INPUT', `--rows expects a power of two such as 64 or 128, got '${rows}'`)
  const setting = await settingOf(flags)
  const varied = factors.flatMap(({ parameters }) => parameters.map(({ path }) => path))
  const details = { base, trajectories, leaders, rows, factors: factors.map(({ name }) => name) }
  const plan = { kind: 'sensitivity', paths: varied, details }
  return withLaboratory(flags, setting, plan, async (laboratory, view) => {
    const onStage = (stage: string, runs: number) =>
      view.say(
        stage === 'screening' ? `Screening ${factors.length} factors: ${runs} runs.` : `Sobol indices: ${runs} runs.`,
      )
    const result = await sensitivity(laboratory.run, { factors, measures, base, trajectories, leaders, rows, onStage })
    const { failures, stopped } = result
    const repeat = await repeatOf(setting, flags)
    const chosen = [
      ...typedList(flags.free, '--free').map((text) => optionWords('--free', text)),
      ...typedList(flags.lock, '--lock').map((text) => optionWords('--lock', text)),
    ]
    const again = (key: string, ...stage: string[]) =>
      repeat.experiment('sensitivity', base, [...chosen, `--metric ${key}`, ...stage])
    const options = { trajectories, rows, again }
    return { json: json(setting, result, options), print: () => print(result), failures, stopped }
  })
}

/** How many factors, or which. @throws MingleError BAD_INPUT for one that there is not */
function leadersOf(flags: Flags, factors: readonly Factor[]): number | string[] {
  const given = typed(flags.leaders, '--leaders')
  if (given === undefined || /^\d/.test(given)) return whole(flags, 'leaders', '--leaders', 6, 0, 40)
  const names = given.split(',').filter((name) => name !== '')
  const unknown = names.find((name) => !factors.some((factor) => factor.name === name))
  if (unknown === undefined && names.length > 0) return names
  throw new MingleError(
    'BAD_INPUT',
    `--leaders expects a number or factors, got '${given}'; there is ${factors.map(({ name }) => name).join(', ')}`,
  )
}

interface Design {
  readonly trajectories: number
  readonly rows: number
  /** The command for a metric, and a stage of it. */
  readonly again: (key: string, ...stage: string[]) => string
}

function json(
  setting: Setting,
  { measures, leaders, seeds, runs }: Sensitivity,
  { trajectories, rows, again }: Design,
): Record<string, unknown> {
  const screening = (key: string) => again(key, `--trajectories ${trajectories}`, '--leaders 0')
  const second = (key: string) => again(key, '--trajectories 0', `--leaders ${leaders.join(',')}`, `--rows ${rows}`)
  return {
    people: setting.input.count,
    days: setting.days,
    runs,
    seeds,
    leaders,
    commands: measures.flatMap(({ measure: { key }, screened, indices }) => [
      ...(screened.length > 0 ? [screening(key)] : []),
      ...(indices.length > 0 ? [second(key)] : []),
    ]),
    rows: measures.flatMap(({ measure: { key }, screened, indices }) => [
      ...screened.map(({ factor, muStar, ...rest }, rank) => ({
        metric: key,
        stage: 'screening',
        rank: rank + 1,
        factor,
        mean: muStar,
        ...rest,
        n: trajectories,
        command: screening(key),
      })),
      ...indices.map(({ factor, first, total, verdict }, rank) => ({
        metric: key,
        stage: 'indices',
        rank: rank + 1,
        factor,
        mean: total.value,
        low: total.low,
        high: total.high,
        first,
        total,
        verdict,
        n: rows,
        command: second(key),
      })),
    ]),
  }
}

function print({ measures, leaders, runs }: Sensitivity): void {
  const number = (value: number) => (Math.abs(value) < 5e-7 ? '0' : value.toPrecision(3))
  for (const { measure, screened, indices } of measures) {
    const seed = screened.findIndex(({ factor }) => factor === 'seed')
    // Those that matter, the seed, and the first that do not.
    const rows = screened.filter(
      ({ told, factor, direction }, i) =>
        told || factor === 'seed' || factor === 'dummy' || direction !== 0 || i < seed,
    )
    console.log(`\n${measure.key} (${measure.name})`)
    if (screened.length > 0)
      printTable(
        ['factor', 'mean effect over its span', '95% interval', 'spread', ''],
        rows
          .slice(0, 14)
          .map(({ factor, muStar, low, high, sigma, verdict }) => [
            factor,
            number(muStar),
            `${number(low)} – ${number(high)}`,
            number(sigma),
            verdict,
          ]),
      )
    const quiet = screened.length - Math.min(14, rows.length)
    if (quiet > 0) console.log(`${quiet} more cannot be told from 0, or matter less.`)
    if (indices.length === 0) continue
    console.log('Of its variance, as these alone vary:')
    printTable(
      ['factor', 'alone', '95% interval', 'with interactions', '95% interval', ''],
      indices.map(({ factor, first, total, verdict }) => [
        factor,
        first.value.toFixed(2),
        `${first.low.toFixed(2)} – ${first.high.toFixed(2)}`,
        total.value.toFixed(2),
        `${total.low.toFixed(2)} – ${total.high.toFixed(2)}`,
        verdict,
      ]),
    )
  }
  console.log(`\n${runs} runs. Indices below 0 and above 1 are noise of the design: more --rows narrow the intervals.`)
  if (leaders.length === 0) console.log('Screening alone; --leaders 6 gives shares of the variance.')
}
