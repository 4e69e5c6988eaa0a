import type { CAC } from 'cac'
import { registerCompare } from './compare.ts'
import { registerFork } from './fork.ts'
import { registerParams } from './params.ts'
import { registerPower } from './power.ts'
import { registerReplicate } from './replicate.ts'
import { registerScenarios } from './scenarios.ts'
import { registerSensitivity } from './sensitivity.ts'
import { registerSweep } from './sweep.ts'
import { registerTune } from './tune.ts'

/** Parameters, and many runs to measure what they do. */
export function studiesCommands(cli: CAC): void {
  registerParams(cli)
  registerScenarios(cli)
  registerReplicate(cli)
  registerSweep(cli)
  registerSensitivity(cli)
  registerCompare(cli)
  registerFork(cli)
  registerPower(cli)
  registerTune(cli)
}
