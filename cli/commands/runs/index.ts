import type { CAC } from 'cac'
import { registerActivity } from './activity.ts'
import { registerAdopt } from './adopt.ts'
import { registerExport } from './export.ts'
import { registerExtend } from './extend.ts'
import { registerGrow } from './grow.ts'
import { registerProfiles } from './profiles.ts'
import { registerReset } from './reset.ts'
import { registerResume } from './resume.ts'
import { registerRun } from './run.ts'

/** Write people and days, go on with them, and take them away. */
export function runsCommands(cli: CAC): void {
  registerRun(cli)
  registerProfiles(cli)
  registerActivity(cli)
  registerResume(cli)
  registerExtend(cli)
  registerGrow(cli)
  registerAdopt(cli)
  registerExport(cli)
  registerReset(cli)
}
