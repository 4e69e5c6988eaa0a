import type { CAC } from 'cac'
import type { Effect, Measure, PowerStudy, Setting, Treatment } from '../../../experiments/index.ts'
import { optionWords } from '../../../run/advice/index.ts'
import type { Parameter } from '../../../sim/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { difference, shown } from '../../experiments/amounts.ts'
import { byMeasure, experimentOptions, MOST_SEEDS, seedBase, settingOf, whole } from '../../experiments/options.ts'
import { type Repeat, repeatOf } from '../../experiments/repeat.ts'
import { withLaboratory } from '../../experiments/session.ts'
import { typed, typedList } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import { type Flags, MOST_PEOPLE } from '../../options/flags.ts'
import { share } from '../../options/values.ts'
import { printTable } from '../../reports/table.ts'

const WEEK = 7

export function registerPower(cli: CAC): void {
  const command = cli.command(
    'power',
    'How many people and days an A/B test needs to see an effect, and what the arms do to each other',
  )
  command.option('--effect <metric=change>', 'What the test shall see: match_rate=+5%, reply_rate=-0.02, … (needed)')
  command.option(
    '--by <path,…>',
    'The policy that makes it, or several to choose from (default: whichever moves it most)',
  )
  command.option('--share <share>', 'Part of the people in the treated arm (default: 0.5)')
  command.option('--power <share>', 'How often the test shall see it (default: 0.8)')
  experimentOptions(command, 'Tests that are simulated (default: 100)', 28)
  command.option('--confirm <n>', 'Tests of as many people as are needed, to see whether that holds (default: 30)')
  command.option('--at-most <people>', 'No confirming tests of more people than these (default: 10000)')
  command.example('  $ mingle power --effect match_rate=+5%')
  command.example('  $ mingle power --effect reply_rate=-2pp --by policy.reply.openerLogit --count 500 --days 21')
  command.example('  $ mingle power --effect messages=+20% --share 0.2 --seeds 40 --out ./power --json')
  command.action(carryOut)
}

async function carryOut(flags: Flags): Promise<number> {
  const base = seedBase(flags, 'power')
  const { findTreatment, parseEffect, PERSONAL_METRICS, power, valueAt } = await import('../../../experiments/index.ts')
  const asked = [...(await byMeasure(flags, 'effect', '--effect'))]
  if (asked.length !== 1) throw new MingleError('BAD_INPUT', 'power needs one effect, such as --effect match_rate=+5%')
  const [key, text] = asked[0]!
  const { MEASURES } = await import('../../../experiments/index.ts')
  const measure = MEASURES.find((each) => each.key === key)!
  const metric = PERSONAL_METRICS.find((each) => each.key === key)
  if (metric === undefined) {
    const known = PERSONAL_METRICS.map((each) => each.key).join(', ')
    throw new MingleError('BAD_INPUT', `${key} cannot be told of one arm of a test; there is ${known}`)
  }
  const effect = parseEffect(measure, text)
  const part = share(typed(flags.share, '--share') ?? '0.5', '--share')
  if (part <= 0 || part >= 1) throw new MingleError('BAD_INPUT', `--share ${part} leaves one arm empty; give 0.5, say`)
  const chance = share(typed(flags.power, '--power') ?? '0.8', '--power')
  if (chance < 0.05 || chance > 0.999)
    throw new MingleError('BAD_INPUT', `--power ${chance} is no aim for a test; give 0.05 to 0.999`)
  const tests = whole(flags, 'seeds', '--seeds', 100, 2, MOST_SEEDS)
  const confirmations = whole(flags, 'confirm', '--confirm', 30, 0, MOST_SEEDS)
  if (confirmations === 0) refuseBeside(flags, '--confirm 0', 'simulates no confirming tests', ['atMost'])
  const mostPeople = whole(flags, 'atMost', '--at-most', 10_000, 1, MOST_PEOPLE)
  const setting = await settingOf(flags, { length: 28 })
  const days = looksOf(setting.days, metric.settles, key)
  const candidates = await candidatesOf(flags, key)
  const before = candidates.map(({ path }) => valueAt(setting, {}, path))
  const { chooseLevel } = await import('../../../sim/index.ts')
  const marketOf = (people: number) =>
    flags.market === undefined
      ? chooseLevel(setting.input.places as 'us', people, setting.input.poolSize!)
      : setting.input.market!
  const paths = candidates.map(({ path }) => path)
  const details = { base, effect: { metric: key, change: text }, share: part, tests, looks: days }
  return withLaboratory(flags, setting, { kind: 'power', paths, details }, async (laboratory, view) => {
    const onStep = (line: string) => view.say(line)
    const treatment = await findTreatment(laboratory.run, {
      ...{ measure, effect, candidates, before, base, onStep },
    })
    if (treatment === null) {
      const json = { rows: [], seeds: [], commands: [] }
      return { json, print: () => console.log('Stopped before a treatment was found.'), failures: [], stopped: true }
    }
    const study = await power(laboratory.runTests, {
      ...{ metric: key, treatment, share: part, count: setting.input.count!, days, base, tests, power: chance },
      ...{ mostPeople, confirmations, marketOf, onStage: onStep },
    })
    const asked: Asked = { measure, effect, part, chance, treatment, whose: metric.whose, mostPeople }
    const repeat = await repeatOf(setting, flags)
    const again = repeat.experiment('power', base, [
      optionWords('--effect', `${key}=${text}`),
      ...typedList(flags.by, '--by').map((path) => optionWords('--by', path)),
      `--share ${part} --power ${chance} --seeds ${tests} --confirm ${confirmations}`,
      ...(confirmations > 0 ? [`--at-most ${mostPeople}`] : []),
    ])
    return {
      json: json(setting, asked, study, repeat, again),
      print: () => print(asked, setting.input.count!, study),
      failures: study.failures,
      stopped: study.stopped,
    }
  })
}

/** The ends of the weeks, and the last day. @throws MingleError BAD_INPUT when nothing is known of the metric by then */
function looksOf(days: number, settles: number, key: string): number[] {
  if (days <= settles)
    throw new MingleError(
      'BAD_INPUT',
      `${key} is known ${settles} days later, and a test of ${days} days ends before; give more --days`,
    )
  const weeks = Array.from({ length: Math.floor((days - 1) / WEEK) }, (_, i) => (i + 1) * WEEK)
  return [...weeks.filter((day) => day > settles), days]
}

/** The policies of which one shall make the effect. */
async function candidatesOf(flags: Flags, key: string): Promise<Parameter[]> {
  const { parametersBelow } = await import('../../../experiments/index.ts')
  const { isOfAPerson, metricsMovedBy, PARAMETERS } = await import('../../../sim/index.ts')
  const { pathList } = await import('../../experiments/options.ts')
  const named = pathList(flags, 'by', '--by')
  if (named.length > 0) {
    const found = parametersBelow(named, '--by')
    const shared = found.find(({ path }) => !isOfAPerson(path))
    if (shared !== undefined)
      throw new MingleError(
        'BAD_INPUT',
        `--by ${shared.path}: all people share it, and no arm has its own; name one of policy.session, .feed, .deck, .like, .opening, .reply`,
      )
    return found
  }
  const own = PARAMETERS.filter(({ path }) => isOfAPerson(path))
  const described = own.filter((parameter) => metricsMovedBy(parameter).some((metric) => metric.key === key))
  // Of a volume nothing is described: it hangs on much.
  return described.length > 0 ? described : own
}

interface Asked {
  readonly measure: Measure
  readonly effect: Effect
  readonly part: number
  readonly chance: number
  readonly treatment: Treatment
  readonly whose: string
  readonly mostPeople: number
}

function json(
  setting: Setting,
  { measure: { key, name, unit }, effect, part, chance, treatment, whose }: Asked,
  { rows, confirmed, seeds }: PowerStudy,
  repeat: Repeat,
  command: string,
): Record<string, unknown> {
  const finite = (value: number) => (Number.isFinite(value) ? value : null)
  const told = (quantity: string, days: number, { mean, low, high, n }: Told) => {
    return {
      metric: key,
      name,
      unit,
      quantity,
      days,
      mean: finite(mean),
      low: finite(low),
      high: finite(high),
      n,
      command,
    }
  }
  const { input } = setting
  const all = { [treatment.path]: treatment.value }
  // Arms that differ in name alone, so that the run's digest is the experiment's.
  const [alike] = armWords(part, treatment)
  return {
    people: input.count,
    days: setting.days,
    effect: { metric: key, change: effect.text, countedBy: whose },
    treatment,
    share: part,
    power: chance,
    seeds,
    commands: seeds.flatMap((seed) => [
      [repeat.run({ seed, point: {} }), alike].join(' '),
      [repeat.run({ seed, point: {} }), ...armWords(part, treatment)].join(' '),
      [repeat.run({ seed, point: all }), alike].join(' '),
    ]),
    rows: rows.flatMap((row) => [
      told('untreated', row.days, row.untreated),
      told('effect', row.days, row.effect),
      told('between arms', row.days, row.between),
      told('part shown', row.days, row.shown),
      told('control moved', row.days, row.control),
      told('treated short of all treated', row.days, row.treated),
      told('seen', row.days, row.seen),
      told('false alarms', row.days, row.falseAlarms),
      told('people needed', row.days, { ...row.needed, mean: row.needed.people, n: row.effect.n }),
    ]),
    confirmed,
  }
}

type Told = { readonly mean: number; readonly low: number; readonly high: number; readonly n: number }

/** What puts the people of a run into the arms of the test. */
function armWords(part: number, { path, value }: Treatment): string[] {
  const name = 'treatment'
  return [optionWords('--arm', `${name}=${part}`), optionWords('--arm-set', `${name}:${path}=${value}`)]
}

function print(
  { measure, effect, part, chance, treatment, whose, mostPeople }: Asked,
  count: number,
  study: PowerStudy,
) {
  const { rows, confirmed } = study
  const last = rows.at(-1)
  if (last === undefined) {
    console.log('No test was long enough to measure anything.')
    return
  }
  const change = (value: number) => difference(measure, value)
  const share = (value: number) => `${Math.round(100 * value)}%`
  const people = (value: number) => (Number.isFinite(value) ? value.toLocaleString('en-US') : 'no number')
  console.log(
    `Treatment: ${treatment.path} ${treatment.before} → ${treatment.value}, for ${share(part)} of the people. ` +
      `${measure.key} is ${shown(measure, last.untreated.mean)} without (counted by ${whose}).\n`,
  )
  printTable(
    ['days', 'when all are treated', 'between the arms', 'part shown', 'seen', 'people needed', ''],
    rows.map((row) => [
      row.days,
      change(row.effect.mean),
      `${change(row.between.mean)}  (${change(row.between.low)} … ${change(row.between.high)})`,
      share(row.shown.mean),
      `${share(row.seen.mean)} of ${row.seen.n}`,
      people(row.needed.people),
      Number.isFinite(row.needed.people) ? `${people(row.needed.low)} – ${people(row.needed.high)}` : 'cannot be told',
    ]),
  )
  const { effect: whole, between, shown: part_, control, falseAlarms, needed } = last
  console.log(
    Number.isFinite(needed.people)
      ? `\nA test of ${last.days} days needs about ${people(needed.people)} people to see ${measure.key} ${effect.text} in ${share(chance)} of the cases (5%, both sides); 95% interval ${people(needed.low)} to ${people(needed.high)}.`
      : `\nFrom ${whole.n} tests of ${people(count)} people it cannot be told how many a test of ${last.days} days needs: the arms differ by no more than chance; give more --seeds or --count.`,
  )
  console.log(
    `Interference: when all are treated ${measure.key} changes by ${change(whole.mean)} (${change(whole.low)} … ${change(whole.high)}); the arms differ by ${change(between.mean)}, ${share(part_.mean)} of it (${share(part_.low)} to ${share(part_.high)}). ` +
      `The control, which nobody treated, changes by ${change(control.mean)} (${change(control.low)} … ${change(control.high)}).`,
  )
  console.log(
    `Arms that differ in name alone were told apart in ${share(falseAlarms.mean)} of ${falseAlarms.n} tests (${share(falseAlarms.low)} to ${share(falseAlarms.high)}; 5% is honest).`,
  )
  if (confirmed !== null) {
    const { mean, low, high, n } = confirmed.seen
    console.log(
      `Of ${n} tests of ${people(confirmed.people)} people and ${confirmed.days} days ${share(mean)} saw it (${share(low)} to ${share(high)}).`,
    )
  } else if (needed.people > mostPeople && Number.isFinite(needed.people))
    console.log(
      `So many were not simulated (--at-most ${mostPeople}); the number follows from tests of ${people(count)}.`,
    )
}
