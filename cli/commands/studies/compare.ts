import type { CAC } from 'cac'
import type { Comparison, FirstDifference, Point, Setting } from '../../../experiments/index.ts'
import { quoted } from '../../../run/advice/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { difference, shown } from '../../experiments/amounts.ts'
import { experimentOptions, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typedList } from '../../options/arguments.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerCompare(cli: CAC): void {
  const command = cli.command('compare <first> <second>', 'Compare two presets over the same seeds: what really moved')
  experimentOptions(command, 'How many, the same for both (default: 10)')
  // Its presets are its words.
  command.options = command.options.filter(({ name }) => name !== 'preset')
  command.option('--first-difference', 'Name the first event at which the two part, with the first seed')
  command.example('  $ mingle compare default ./shy.json --seeds 20 --count 300 --days 20')
  command.example('  $ mingle compare default ./shy.json --first-difference --json')
  command.action(carryOut)
}

async function carryOut(first: string, second: string, flags: Flags): Promise<number> {
  const names = [first, second] as const
  const base = seedBase(flags, 'compare')
  const seeds = whole(flags, 'seeds', '--seeds', 10, 2, 100_000)
  const setting = await settingOf(flags, { ownPresets: true })
  const { compare } = await import('../../../experiments/index.ts')
  const points = await pointsOf(setting, names, typedList(flags.set, '--set'))
  const paths = [...new Set(points.flatMap((point) => Object.keys(point)))].sort((a, b) => (a < b ? -1 : 1))
  const plan = { kind: 'compare', paths, details: { base, seeds, presets: names, points } }
  return withLaboratory(flags, setting, plan, async (laboratory) => {
    const result = await compare(laboratory.run, points, { base, seeds })
    let parted: FirstDifference | null | undefined
    if (flags.firstDifference === true) {
      const seed = result.seeds[0]!
      const done = await laboratory.ask({ kind: 'first-difference', setting, seed, points })
      if (done && 'error' in done) throw new MingleError('SIMULATION_FAILED', done.error)
      parted = done === null ? undefined : (done.result as FirstDifference | null)
    }
    const { failures, stopped } = result
    const repeat = await repeatOf(setting, flags)
    const again = repeat.experiment(`compare ${names.map(quoted).join(' ')}`, base, [`--seeds ${seeds}`])
    return {
      json: json(setting, names, points, result, parted, repeat, again),
      print: () => {
        print(names, result)
        if (parted !== undefined) for (const line of partedLines(parted, result.seeds[0]!, names)) console.log(line)
      },
      failures,
      stopped,
    }
  })
}

/** What each preset changes in the setting, checked as a run would. `--set` goes over both, as it does in a run. */
async function pointsOf(
  setting: Setting,
  names: readonly [string, string],
  set: readonly string[],
): Promise<[Point, Point]> {
  const { presetNamed } = await import('../../../run/index.ts')
  const { inputOf } = await import('../../../experiments/index.ts')
  const { resolveConfig } = await import('../../../sim/index.ts')
  const points = names.map((name) => {
    const own = Object.entries(presetNamed(name).set)
    return Object.fromEntries(own.filter(([path]) => !set.some((text) => text.startsWith(`${path}=`))))
  })
  for (const point of points) resolveConfig(inputOf(setting, { seed: 'check', point }))
  return points as [Point, Point]
}

function json(
  setting: Setting,
  presets: readonly [string, string],
  points: readonly [Point, Point],
  { rows, seeds }: Comparison,
  parted: FirstDifference | null | undefined,
  repeat: Repeat,
  again: string,
): Record<string, unknown> {
  const trials = seeds.flatMap((seed) => points.map((point) => ({ seed, point })))
  return {
    presets,
    people: setting.input.count,
    days: setting.days,
    seeds,
    commands: trials.map((trial) => repeat.run(trial)),
    rows: rows.map(({ measure: { key, name, unit }, difference: found, p, verdict, ...row }) => ({
      metric: key,
      name,
      unit,
      first: row.first,
      second: row.second,
      mean: found.mean,
      difference: found.mean,
      sd: found.deviation,
      low: found.low,
      high: found.high,
      n: found.n,
      p,
      uncorrectedP: found.p,
      verdict,
      seedsNeeded: row.seedsNeeded,
      varianceRatio: found.varianceRatio,
      differences: found.differences,
      command: again,
    })),
    ...(parted !== undefined && { firstDifference: parted }),
  }
}

function print([first, second]: readonly [string, string], { rows, seeds }: Comparison): void {
  const known = rows.filter(({ difference: { n } }) => n > 0)
  const table = (some: typeof known): void =>
    printTable(
      ['metric', first, second, 'difference', '95% interval', 'p (Holm)', 'seeds to tell'],
      some.map(({ measure, difference: found, p, seedsNeeded, ...row }) => [
        measure.key,
        shown(measure, row.first),
        shown(measure, row.second),
        difference(measure, found.mean),
        Number.isFinite(found.low) ? `${difference(measure, found.low)} … ${difference(measure, found.high)}` : '',
        Number.isNaN(p) ? '' : p < 0.0001 ? '<0.0001' : p.toFixed(4),
        Number.isFinite(seedsNeeded) ? String(seedsNeeded) : '',
      ]),
    )
  const moved = known.filter(({ verdict }) => verdict === 'moved')
  const untold = known.filter(({ verdict }) => verdict === 'cannot be told')
  const equal = known.filter(({ verdict }) => verdict === 'equal')
  console.log(`Over ${seeds.length} seeds, the same for both; differences are ${second} less ${first}.\n`)
  if (moved.length > 0) {
    console.log('Really moved:')
    table(moved)
  } else
    console.log(equal.length === known.length ? 'Nothing differs, on any seed.' : 'Nothing that can be told moved.')
  if (untold.length > 0) {
    console.log(
      '\nCannot be told from no difference (a difference of the size seen would take the seeds in the last column):',
    )
    table(untold)
  }
  if (equal.length > 0) console.log(`\nEqual on every seed: ${equal.map(({ measure }) => measure.key).join(', ')}.`)
}

function partedLines(parted: FirstDifference | null, seed: string, [one, other]: readonly [string, string]): string[] {
  if (parted === null) return [`\nWith seed ${seed} the two are equal to the end.`]
  const { day, market, position, first, second } = parted
  const told = (row: FirstDifference['first']) =>
    row === null
      ? 'nothing more that day'
      : `${row.kind} ${Object.entries(row.values)
          .map(([name, value]) => (name === 'at' || name === 'start' ? `${name} ${clock(value)}` : `${name} ${value}`))
          .join(', ')}`
  return [
    `\nWith seed ${seed} they part on day ${day} (0 is the first), in market ${market}, at event ${position} of it:`,
    `  ${one}: ${told(first)}`,
    `  ${other}: ${told(second)}`,
  ]
}

/** Milliseconds of a day as hours, minutes and seconds (UTC). */
function clock(ms: number): string {
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
  return `${[h, m, s].map((part) => String(Math.abs(part)).padStart(2, '0')).join(':')}.${String(Math.abs(ms) % 1000).padStart(3, '0')}`
}
