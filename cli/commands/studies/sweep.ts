import type { CAC } from 'cac'
import type { Axis, Design, Point, Setting, Sweep } from '../../../experiments/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { interval, shown } from '../../experiments/amounts.ts'
import { experimentOptions, measure, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typed, typedList } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerSweep(cli: CAC): void {
  const command = cli.command(
    'sweep',
    'Simulate many points of parameters: a grid, or a design that fills their ranges',
  )
  experimentOptions(command, 'Seeds of every point, the same for all (default: 4)')
  command.option('--design <name>', 'grid (the default), lhs (a Latin hypercube) or sobol')
  command.option('--points <n>', 'Points of lhs and sobol (default: 64)')
  command.option('--metric <name>', 'What is printed and drawn (default: match_rate); may be repeated')
  command.option('--plot', 'Draw in the terminal')
  command.option('--parquet', 'Write trials.parquet too, when all is done')
  command.example('  $ mingle sweep --set policy.like.nearKm=5..50:4 --set policy.deck.tries=2,6 --count 300 --days 20')
  command.example('  $ mingle sweep --set policy.opening.patienceHours=20..200:7:log --metric silent_matches --plot')
  command.example(
    '  $ mingle sweep --set policy.like.near=0..1 --set policy.like.far=0..0.4 --design sobol --points 64 --out ./near',
  )
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  if (flags.json === true) refuseBeside(flags, '--json', 'prints every metric, and draws none', ['metric', 'plot'])
  const base = seedBase(flags, 'sweep')
  const { DESIGNS, designPoints, parseAxis, sweep } = await import('../../../experiments/index.ts')
  const given = typedList(flags.set, '--set')
  const axes = given.map(parseAxis)
  const varied = axes.filter((axis): axis is Axis => axis !== null)
  if (varied.length === 0)
    throw new MingleError('BAD_INPUT', 'sweep varies nothing; give an axis such as --set policy.like.nearKm=5..50:4')
  checkTwice(varied)
  const named = typed(flags.design, '--design') ?? 'grid'
  const design = DESIGNS.find((known): known is Design => known === named)
  if (design === undefined) throw new MingleError('BAD_INPUT', `--design expects ${DESIGNS.join(', ')}, got '${named}'`)
  const count = flags.points === undefined ? undefined : whole(flags, 'points', '--points', 64, 1, 1_000_000)
  const points = designPoints(varied, design, count, base)
  const seeds = whole(flags, 'seeds', '--seeds', 4, 1, 100_000)
  const names = typedList(flags.metric, '--metric')
  const measures = await Promise.all(
    (names.length > 0 ? names : ['match_rate']).map((name) => measure(name, '--metric')),
  )
  const setting = await settingOf(flags, { set: given.filter((_, i) => axes[i] === null) })
  const paths = varied.map(({ parameter }) => parameter.path)
  const details = { base, seeds, design, axes: given.filter((_, i) => axes[i] !== null), points }
  const plan = { kind: 'sweep', paths, details }
  const folder = './mingle-sweep'
  return withLaboratory(
    flags,
    setting,
    plan,
    async (laboratory) => {
      const result = await sweep(laboratory.run, points, { base, seeds })
      const { writeParquet } = await import('../../../experiments/index.ts')
      if (flags.parquet === true && !result.stopped) await writeParquet(laboratory.folder!, result, paths)
      const { failures, stopped } = result
      const plots = flags.plot === true ? await drawn(result, paths, measures) : []
      return {
        json: json(setting, base, result, await repeatOf(setting, flags)),
        print: () => {
          print(result, paths, measures)
          for (const line of plots) console.log(line)
          console.log(`\nEvery run is in ${laboratory.folder!.path}/trials.csv.`)
        },
        failures,
        stopped,
      }
    },
    folder,
  )
}

function checkTwice(axes: readonly Axis[]): void {
  const paths = axes.map(({ parameter }) => parameter.path)
  const twice = paths.find((path, i) => paths.indexOf(path) !== i)
  if (twice !== undefined) throw new MingleError('BAD_INPUT', `--set varies ${twice} twice; give it once`)
}

function json(
  setting: Setting,
  base: string,
  { points, seeds, rows, outcomes }: Sweep,
  repeat: Repeat,
): Record<string, unknown> {
  const again = points.map((point) => repeat.experiment('replicate', base, [`--seeds ${seeds.length}`], point))
  const trials = points.flatMap((point, i) =>
    seeds.filter((_, s) => outcomes[i]![s] !== null).map((seed) => ({ seed, point })),
  )
  return {
    people: setting.input.count,
    days: setting.days,
    points,
    seeds,
    commands: trials.map((trial) => repeat.run(trial)),
    rows: rows.map(({ point, measure: { key, name, unit }, mean, deviation, low, high, n }) => {
      const told = { metric: key, name, unit, mean, sd: deviation, low, high, n, command: again[point] }
      return { point, ...points[point], ...told }
    }),
  }
}

type Shown = Awaited<ReturnType<typeof measure>>

function print({ points, rows }: Sweep, paths: readonly string[], measures: readonly Shown[]): void {
  const cell = (point: number, key: string): string => {
    const row = rows.find((each) => each.point === point && each.measure.key === key)!
    const range = interval(row.measure, row.low, row.high)
    return row.n === 0 ? '–' : `${shown(row.measure, row.mean)}${range ? `  (${range})` : ''}`
  }
  printTable(
    [...paths.map(shortName), ...measures.map(({ key }) => key)],
    points.map((point: Point, i) => [
      ...paths.map((path) => String(point[path])),
      ...measures.map(({ key }) => cell(i, key)),
    ]),
  )
}

/** A path without its part: `like.nearKm`. */
function shortName(path: string): string {
  return path.split('.').slice(1).join('.')
}

async function drawn(result: Sweep, paths: readonly string[], measures: readonly Shown[]): Promise<string[]> {
  const { linePlot } = await import('../../plot/line-plot.ts')
  return measures.flatMap((own) => {
    const axis = paths[0]!
    const series = new Map<string, { x: number; mean: number; low: number; high: number }[]>()
    for (const {
      point,
      measure: { key },
      mean,
      low,
      high,
      n,
    } of result.rows) {
      if (key !== own.key || n === 0) continue
      const at = result.points[point]!
      const name = paths
        .slice(1, 3)
        .map((path) => `${shortName(path)} ${at[path]}`)
        .join(', ')
      const list = series.get(name) ?? []
      list.push({
        x: at[axis]!,
        mean,
        low: Number.isFinite(low) ? low : mean,
        high: Number.isFinite(high) ? high : mean,
      })
      series.set(name, list)
    }
    // A design that draws has no lines: all of it is one cloud.
    const lines = series.size > 6 ? new Map([['', [...series.values()].flat()]]) : series
    const format = (value: number) => shown(own, value)
    return ['', `${own.name} by ${axis}`, ...linePlot(lines, format)]
  })
}
