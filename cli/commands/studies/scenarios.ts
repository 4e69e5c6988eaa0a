import type { CAC } from 'cac'
import type { Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerScenarios(cli: CAC): void {
  const command = cli.command('scenarios', 'List the named situations that --scenario takes')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle scenarios')
  command.example('  $ mingle run --scenario bots-and-spammers --run-seed odd-1 --count 200')
  command.example('  $ mingle scenarios --json               # whole, as a file of your own would have it')
  command.action(scenarios)
}

async function scenarios(flags: Flags): Promise<number> {
  const { SCENARIOS } = await import('../../../run/index.ts')
  if (flags.json === true) console.log(JSON.stringify({ scenarios: SCENARIOS }))
  else {
    printTable(
      ['scenario', 'version', 'people', 'days', 'what'],
      SCENARIOS.map(({ name, version, count, days, what }) => [name, version, count ?? 100, days ?? 30, what]),
    )
  }
  return 0
}
