import type { CAC } from 'cac'
import type { Parameter } from '../../../sim/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { runSettings } from '../../options/configured.ts'
import { configOption, type Flags, parameterOptions } from '../../options/flags.ts'
import { tableLines } from '../../reports/table.ts'

export function registerParams(cli: CAC): void {
  const command = cli.command(
    'params [pattern]',
    'List the parameters of the model: what each is, its range and what it moves',
  )
  configOption(parameterOptions(command))
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle params                     # all of them')
  command.example('  $ mingle params policy.like         # those whose path has it')
  command.example("  $ mingle params 'population.*.sigma' --json")
  command.example('  $ mingle params opening --preset ./shy.json   # with the values of a preset')
  command.action(params)
}

async function params(pattern: string | undefined, flags: Flags): Promise<number> {
  const { configFromSettings } = await import('../../../run/index.ts')
  const { ENGINE_VERSION, metricsMovedBy, PARAMETERS, parameterValue } = await import('../../../sim/index.ts')
  const { parameters } = configFromSettings(await runSettings(flags, 'params'))
  const found = matching(PARAMETERS, pattern)
  if (flags.json === true) {
    const rows = found.map((parameter) => ({
      ...parameter,
      value: parameterValue(parameters, parameter.path),
      moves: metricsMovedBy(parameter).map(({ key }) => key),
    }))
    console.log(JSON.stringify({ engine: ENGINE_VERSION, parameters: rows }))
    return 0
  }
  const rows = found.map(({ path, default: normal, least, most, unit, what }) => {
    const value = parameterValue(parameters, path)
    const shown = value === normal ? String(value) : `${value} (default ${normal})`
    return [path, shown, unit, `${least} – ${most}`, what]
  })
  for (const line of tableLines(['parameter', 'value', 'unit', 'range', 'what it is'], rows)) console.log(line)
  return 0
}

/** By path: a part of it, or a pattern with stars. Where no path has it, by what the parameter is. */
function matching(all: readonly Parameter[], pattern: string | undefined): readonly Parameter[] {
  if (pattern === undefined) return all
  const wanted = pattern.toLowerCase()
  const escaped = wanted.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  const whole = new RegExp(`^${escaped}$`)
  const byPath = all.filter(({ path }) =>
    wanted.includes('*') ? whole.test(path.toLowerCase()) : path.toLowerCase().includes(wanted),
  )
  if (byPath.length > 0) return byPath
  const byText = all.filter(({ what, groupTitle }) => `${groupTitle}: ${what}`.toLowerCase().includes(wanted))
  if (byText.length > 0) return byText
  throw new MingleError(
    'BAD_INPUT',
    `no parameter fits '${pattern}': expected a part of a path such as policy.like, a pattern such as '*.sigma', or a word of what it is; without any, all are listed`,
  )
}
