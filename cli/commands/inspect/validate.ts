import type { CAC } from 'cac'
import { mappedDatabase, readsReference } from '../../mapping.ts'
import { configFile, databaseOptions, databaseUrl, type Flags, runChoice, runOption } from '../../options/flags.ts'

export function registerValidate(cli: CAC): void {
  const command = cli.command('validate', 'Check the rows of a run by SQL: what must hold, and the rates that emerged')
  runOption(command, 'The run (default: the only one in the database)')
  databaseOptions(command)
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle validate --database-url file:./mingle.db')
  command.example(
    '  $ mingle validate --database-url parquet:./out           # brought into a database that goes afterwards',
  )
  command.action(validate)
}

/** Exit code 1 when a check or a mandated metric fails. */
async function validate(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const { validateDatabase, validateMapped } = await import('../../../persist/index.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const { url, mapping } = database
  const validation = await readsReference(database, () =>
    mapping ? validateMapped(url, mapping, choice) : validateDatabase(url, choice),
  )
  const { printValidation, validationJson } = await import('../../reports/validation-report.ts')
  if (flags.json === true) console.log(JSON.stringify(validationJson(validation)))
  else printValidation(validation)
  return validation.passed ? 0 : 1
}
