import type { CAC } from 'cac'
import { typed } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'

export function registerInit(cli: CAC): void {
  const command = cli.command('init', 'Propose a mapping onto your own Prisma schema, as code to edit')
  command.option('--schema <path>', 'Prisma schema: a file or a folder (default: as Prisma finds it)')
  command.option('--sql', "Print the SQL that makes the ledger's tables, and change nothing")
  command.option('--force', 'Write mingle.config.ts anew where there is one')
  command.example('  $ mingle init')
  command.example('  $ mingle init --schema prisma/schema')
  command.example('  $ mingle init --sql | mysql mysite')
  command.action(init)
}

async function init(flags: Flags): Promise<number> {
  const { initMapping, ledgerSql } = await import('../../../persist/index.ts')
  if (flags.sql === true) {
    refuseBeside(flags, '--sql', 'changes nothing', ['force'])
    console.log((await ledgerSql(process.cwd(), typed(flags.schema, '--schema'))).trimEnd())
    return 0
  }
  const lines = await initMapping({
    folder: process.cwd(),
    schema: typed(flags.schema, '--schema'),
    force: flags.force === true,
  })
  for (const line of lines) console.log(line)
  return 0
}
