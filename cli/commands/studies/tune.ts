import type { CAC } from 'cac'
import type { Point, Setting, Target, Tuned } from '../../../experiments/index.ts'
import { checkFile, writeWhole } from '../../../installation/index.ts'
import { optionWords } from '../../../run/advice/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { interval, shown } from '../../experiments/amounts.ts'
import {
  byMeasure,
  experimentOptions,
  measure,
  pathList,
  seedBase,
  settingOf,
  whole,
} from '../../experiments/options.ts'
import { commandGiven, type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typed } from '../../options/arguments.ts'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

/** Who the people are is not tuned unless it is named. */
const NOT_TUNED = ['gender', 'orientation', 'intent', 'archetype', 'archetypeShift', 'genderShift', 'tenure'].map(
  (name) => `population.${name}`,
)

export function registerTune(cli: CAC): void {
  const command = cli.command('tune', 'Search parameters that bring metrics where you want them, and write a preset')
  command.option('--target <metric=value>', 'A value, or a band as 0.08..0.12; may be repeated')
  command.option('--band', "Aim at all bands of the scorecard; a --target goes over its metric's band")
  command.option(
    '--free <path,…>',
    'Parameters to tune (default: those that move the targets, but for who the people are)',
  )
  command.option('--lock <path,…>', 'Leave these as they are')
  experimentOptions(command, 'Seeds of each point of the search (default: 1)')
  command.option('--held <n>', 'Seeds that the search does not see, for the result (default: 10)')
  command.option('--most <n>', 'Parameters searched at a time: those that matter most (default: 12)')
  command.option('--at-most <n>', 'Runs of the search (default: 1500)')
  command.option('--save <file>', 'Where the preset is written (default: ./tuned.json)')
  command.example('  $ mingle tune --target match_rate=0.10 --target reply_rate=0.72')
  command.example('  $ mingle tune --preset ./bad.json --band --save ./better.json')
  command.example('  $ mingle tune --target silent_matches=0.08..0.10 --free policy.opening --lock policy.opening.norm')
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  const base = seedBase(flags, 'tune')
  const { factorsOf, tune, valueAt } = await import('../../../experiments/index.ts')
  const { metricsMovedBy } = await import('../../../sim/index.ts')
  const targets = await targetsOf(flags)
  const [free, lock] = [pathList(flags, 'free', '--free'), pathList(flags, 'lock', '--lock')]
  const wanted = new Set(targets.map(({ measure: { key } }) => key))
  const volumes = targets.some(({ measure: { status } }) => status === 'volume')
  const parameters = factorsOf(free, [...lock, ...(free.length === 0 ? NOT_TUNED : [])])
    .flatMap((factor) => factor.parameters)
    // A volume hangs on everything.
    .filter((parameter) => free.length > 0 || volumes || metricsMovedBy(parameter).some(({ key }) => wanted.has(key)))
  if (parameters.length === 0)
    throw new MingleError('BAD_INPUT', 'tune has no free parameter; name some with --free, or lock fewer')
  const setting = await settingOf(flags)
  const before = parameters.map(({ path }) => valueAt(setting, {}, path))
  const options = {
    targets,
    parameters,
    before,
    base,
    seeds: whole(flags, 'seeds', '--seeds', 1, 1, 1000),
    held: whole(flags, 'held', '--held', 10, 2, 10_000),
    most: whole(flags, 'most', '--most', 12, 1, 60),
    atMost: whole(flags, 'atMost', '--at-most', 1500, 10, 10_000_000),
  }
  const file = typed(flags.save, '--save') ?? './tuned.json'
  // Before the search, not after it.
  checkFile(file, '--save')
  const details = {
    base,
    targets: targets.map(({ measure: { key }, low, high }) => ({ metric: key, low: finite(low), high: finite(high) })),
  }
  const plan = { kind: 'tune', paths: parameters.map(({ path }) => path), details }
  return withLaboratory(flags, setting, plan, async (laboratory, view) => {
    view.say(`${targets.length} targets, ${parameters.length} free parameters.`)
    const onStep = (what: string, loss: number) => view.say(`${what}: missed by ${loss.toFixed(2)} (sum of squares)`)
    const result = await tune(laboratory.run, { ...options, onStep })
    const all = await changes(setting, result.point)
    const use = `mingle run ${optionWords('--preset', file)} --count ${setting.input.count} --days ${setting.days}`
    await save(file, all, result.stopped)
    const { failures, stopped } = result
    return {
      json: { ...json(setting, result, await repeatOf(setting, flags), base), preset: file, use },
      print: () => {
        print(result)
        console.log(`\n${stopped ? 'As far as the search came, written' : 'Written'} to ${file}. To use it:\n  ${use}`)
      },
      failures,
      stopped,
    }
  })
}

async function targetsOf(flags: Flags): Promise<Target[]> {
  const { bandTargets, parseTarget } = await import('../../../experiments/index.ts')
  const given: Target[] = []
  for (const [key, text] of await byMeasure(flags, 'target', '--target'))
    given.push(parseTarget(await measure(key, '--target'), text))
  const named = new Set(given.map(({ measure: { key } }) => key))
  const bands = flags.band === true ? bandTargets().filter(({ measure: { key } }) => !named.has(key)) : []
  if (given.length + bands.length === 0)
    throw new MingleError(
      'BAD_INPUT',
      'tune has no target; give one such as --target match_rate=0.10, or --band for all',
    )
  return [...given, ...bands]
}

/** All that differs from the defaults: a preset stands alone. */
async function changes(setting: Setting, point: Point): Promise<Point> {
  const { changesOf } = await import('../../../experiments/index.ts')
  return changesOf(setting, point)
}

async function save(file: string, set: Point, stopped: boolean): Promise<void> {
  const { ENGINE_VERSION, presetText } = await import('../../../sim/index.ts')
  const name =
    file
      .split(/[\\/]/)
      .at(-1)!
      .replace(/\.json$/, '') || 'tuned'
  const reason = `${stopped ? 'Stopped before its end' : 'Made by'}: ${commandGiven()}`
  writeWhole(file, presetText({ name, reason, engine: ENGINE_VERSION, set }))
}

function json(
  setting: Setting,
  { results, parameters, point, conflicts, seeds, runs }: Tuned,
  repeat: Repeat,
  base: string,
) {
  const again = repeat.experiment('replicate', `${base}-held`, [`--seeds ${seeds.length}`], point)
  return {
    people: setting.input.count,
    days: setting.days,
    runs,
    seeds,
    commands: seeds.map((seed) => repeat.run({ seed, point })),
    rows: results.map(({ target, mean, deviation, low, high, n, met }) => ({
      metric: target.measure.key,
      name: target.measure.name,
      unit: target.measure.unit,
      target: { low: finite(target.low), high: finite(target.high) },
      mean,
      sd: deviation,
      low,
      high,
      n,
      met: n === 0 ? null : met,
      command: again,
    })),
    parameters,
    notDetermined: parameters.filter(({ determined }) => !determined).map(({ path }) => path),
    conflicts,
    changes: point,
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function print({ results, parameters, conflicts, runs, seeds, stopped }: Tuned): void {
  const measured = Math.max(0, ...results.map(({ n }) => n))
  console.log(
    stopped && measured < seeds.length
      ? `Stopped: measured on ${measured} of ${seeds.length} seeds that the search did not see (${runs} runs in all):\n`
      : `On ${seeds.length} seeds that the search did not see (${runs} runs in all):\n`,
  )
  printTable(
    ['metric', 'target', 'mean', '95% interval', ''],
    results.map(({ target: { measure: own, low, high }, mean, met, ...row }) => [
      own.key,
      low === high
        ? shown(own, low)
        : [low, high].map((end) => (Number.isFinite(end) ? shown(own, end) : '')).join(' – '),
      shown(own, mean),
      interval(own, row.low, row.high),
      row.n === 0 ? 'not measured' : met ? 'met' : 'MISSED',
    ]),
  )
  console.log('')
  printTable(
    ['parameter', 'before', 'now', '95% interval', ''],
    parameters.map(({ path, before, value, low, high, determined }) => [
      path,
      String(before),
      String(value),
      `${low} – ${high}`,
      determined ? '' : 'not determined by these targets',
    ]),
  )
  for (const { target, against, why } of conflicts)
    console.log(`\n${target} was missed: ${why}${against.length > 0 ? ` (${against.join(', ')})` : ''}.`)
  if (!stopped && results.every(({ met }) => met)) console.log('\nAll targets can be met together.')
}
