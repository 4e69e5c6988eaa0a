import type { CAC } from 'cac'
import { registerBench } from './bench.ts'
import { registerDebug } from './debug.ts'
import { registerDiff } from './diff.ts'
import { registerExplain } from './explain.ts'
import { registerReport } from './report.ts'
import { registerRuns } from './runs.ts'
import { registerScorecard } from './scorecard.ts'
import { registerStudio } from './studio.ts'
import { registerUser } from './user.ts'
import { registerValidate } from './validate.ts'
import { registerVerify } from './verify.ts'
import { registerWatch } from './watch.ts'

/** Look at what a run holds, and at why; and at how fast this machine is. */
export function inspectCommands(cli: CAC): void {
  registerRuns(cli)
  registerDebug(cli)
  registerExplain(cli)
  registerUser(cli)
  registerDiff(cli)
  registerValidate(cli)
  registerVerify(cli)
  registerScorecard(cli)
  registerReport(cli)
  registerWatch(cli)
  registerStudio(cli)
  registerBench(cli)
}
