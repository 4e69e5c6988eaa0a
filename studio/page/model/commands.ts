import { runCommands } from '../../../run/commands/index.ts'
import { resolveConfig } from '../../../sim/index.ts'
import { runOrder } from '../engine/order.ts'
import type { Scenario } from './scenario.ts'

/** The command lines that write the same run into a database: one for its beginning, one for each change on the way. */
export function commandLines(run: Scenario, database = 'file:./mingle.db'): { commands: string[]; note: string } {
  const given = run.source?.given ?? {}
  const held = [
    given.people && 'hand-written people (--personas)',
    given.words && 'words of its own (--words)',
    given.minorities && 'bots or spammers (--scenario)',
  ].filter((one) => one !== undefined)
  try {
    const { input, days } = runOrder(run, run.seed)
    return {
      commands: runCommands(resolveConfig(input), days).map((line) => `${line} --database-url ${database}`),
      note: held.length > 0 ? `The run has ${held.join(' and ')} too: add what it was started with.` : '',
    }
  } catch (error) {
    // A run that is refused has no command.
    return { commands: [], note: (error as Error).message }
  }
}
