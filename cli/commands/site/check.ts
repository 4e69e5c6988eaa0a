import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { extensionBeside, withFactsElsewhere } from '../../mapping.ts'
import { configFile, databaseUrl, extensionFile, type Flags } from '../../options/flags.ts'
import { chosenExtension } from '../../session.ts'

export function registerCheck(cli: CAC): void {
  const command = cli.command('check', 'Check a mapping onto your own schema before anything runs')
  command.option('--config <file>', 'The mapping (default: mingle.config.ts in this folder)')
  command.option(
    '--database-url <url>',
    'Look at this database too: its tables as they are, and whether they can be written',
  )
  command.option(
    '--extension <file>',
    "With the facts of an extension (default: the configuration's own, if any; off: none)",
  )
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle check')
  command.example('  $ mingle check --config ./seed/mingle.config.ts')
  command.example('  $ mingle check --database-url file:./prisma/dev.db')
  command.action(check)
}

/** Exit code 1 when something would fail, in the database too where one is named; each problem with model, field and the line to paste. */
async function check(flags: Flags): Promise<number> {
  const { checkDatabase, findConfig, loadMapping, ownTables, planNotes, problemText, SOURCE_NAMES, withOwnFacts } =
    await import('../../../persist/index.ts')
  const file = configFile(flags) ?? findConfig(process.cwd())
  if (file === 'off') {
    throw new MingleError('BAD_INPUT', '--config off leaves no mapping to check; name its file, or leave --config out')
  }
  if (file === null) {
    throw new MingleError('BAD_INPUT', "there is no mingle.config.ts in this folder; 'mingle init' writes one")
  }
  const loaded = await loadMapping(file)
  const beside = extensionBeside(loaded)
  const extension = await chosenExtension(extensionFile(flags) ?? beside)
  const own = extension ? ownTables(extension.extension.name, extension.extension.facts ?? []) : []
  // Where another was chosen, or none, the configuration's own need not work.
  const mapping = await withFactsElsewhere(loaded.plan, beside).catch(() => loaded.plan)
  const plan = own.length > 0 ? withOwnFacts(mapping, own) : mapping
  const { targets, lookups } = plan
  const url = flags.databaseUrl === undefined ? undefined : databaseUrl(flags)
  const live = url !== undefined && plan.problems.length === 0 ? await checkDatabase(url, plan) : undefined
  const problems = live?.problems ?? plan.problems
  const notes = [...planNotes(plan), ...(live?.notes ?? [])]
  if (flags.json === true) console.log(JSON.stringify({ problems, notes }))
  else if (problems.length === 0) {
    console.log(
      `the mapping works${live ? ` on ${live.url}` : ''}: ${targets.length + lookups.size} targets in ${plan.order.length} models`,
    )
    for (const { label, verb, many } of [...lookups.values(), ...targets]) {
      const words = many ? `${verb}; several facts share a row, so 'verify' leaves it out` : verb
      console.log(`  ${label}${verb === 'insert' ? '' : ` (${words})`}`)
    }
    const names = [...SOURCE_NAMES, ...own.map(({ kind }) => kind)]
    const nowhere = names.filter((name) => !lookups.has(name) && !targets.some(({ source }) => source === name))
    if (nowhere.length > 0) console.log(`facts that go nowhere: ${nowhere.join(', ')}`)
    for (const note of notes) console.log(`note: ${problemText(note)}`)
  } else {
    for (const problem of problems) console.log(problemText(problem))
    console.log(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; nothing was written`)
  }
  return problems.length === 0 ? 0 : 1
}
