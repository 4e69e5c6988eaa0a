import type { CAC } from 'cac'
import { registerCluster } from './cluster.ts'
import { registerLoad } from './load.ts'
import { registerPlan } from './plan.ts'
import { registerTask } from './task.ts'
import { registerWorker } from './worker.ts'

/** A run as tasks of many machines. */
export function machinesCommands(cli: CAC): void {
  registerPlan(cli)
  registerTask(cli)
  registerWorker(cli)
  registerCluster(cli)
  registerLoad(cli)
}
