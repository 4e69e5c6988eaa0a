import type { CAC, Command } from 'cac'
import { typed } from '../../options/arguments.ts'
import type { Flags } from '../../options/flags.ts'
import { queueUrl } from './worker.ts'

export function registerCluster(cli: CAC): void {
  const ofStatus = cli.command('cluster status', 'How a queue stands, its workers, its runs and experiments')
  queueOptions(ofStatus)
  ofStatus.example('  $ mingle cluster status --queue redis://broker:6379')
  ofStatus.action(status)

  const ofForget = cli.command('cluster forget <plan>', 'Take the tasks of a run that was given up out of a queue')
  queueOptions(ofForget)
  ofForget.example(
    '  $ mingle cluster forget /shared/out/_mingle/1f0c… --queue redis://broker:6379   # as status names it',
  )
  ofForget.action(forget)
}

function queueOptions(command: Command): void {
  command.option(
    '--queue <url>',
    'The queue: redis://host:6379 or postgresql://host/database (or the environment variable MINGLE_QUEUE)',
  )
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
}

async function forget(plan: string, flags: Flags): Promise<number> {
  const { forgetTasks } = await import('../../../cluster/index.ts')
  const tasks = await forgetTasks(queueUrl(typed(flags.queue, '--queue'), '--queue'), plan)
  console.log(flags.json === true ? JSON.stringify({ plan, tasks }) : `${tasks} tasks of ${plan} are forgotten`)
  return 0
}

/** Exit code 1 when tasks failed for good. */
async function status(flags: Flags): Promise<number> {
  const { queueStatus } = await import('../../../cluster/index.ts')
  const found = await queueStatus(queueUrl(typed(flags.queue, '--queue'), '--queue'))
  if (flags.json === true) console.log(JSON.stringify(found))
  else {
    const { printTable } = await import('../../reports/table.ts')
    const { queue, tasks, workers, failed, experiments, runs, advice } = found
    console.log(queue)
    printTable(['tasks', 'count'], Object.entries(tasks))
    console.log('')
    console.log(workers.length > 0 ? `${workers.length} workers: ${workers.join(', ')}` : 'no worker')
    if (runs.length > 0) {
      console.log('')
      const rows = runs.map(({ seed, tasks: all, counted, written, plan }) => {
        return [seed ?? '(not seen from here)', all, counted, written, plan]
      })
      printTable(['run', 'tasks a pass', 'counted', 'written', 'plan'], rows)
    }
    const { batches } = experiments
    if (batches > 0) {
      console.log(`\nexperiments: ${experiments.runs} runs in ${batches} batches, ${experiments.failed} of them failed`)
    }
    for (const { pass, group, reason } of failed) console.log(`failed: pass ${pass}, group ${group}: ${reason}`)
    for (const line of advice) console.log(line)
  }
  return found.failed.length > 0 ? 1 : 0
}
