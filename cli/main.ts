import { type CAC, cac } from 'cac'
import { MingleError } from '../sim/kernel/index.ts'
import { registerActivity } from './commands/activity.ts'
import { registerAdopt } from './commands/adopt.ts'
import { registerBench } from './commands/bench.ts'
import { registerCheck } from './commands/check.ts'
import { registerCluster } from './commands/cluster.ts'
import { registerCompare } from './commands/compare.ts'
import { registerDebug } from './commands/debug.ts'
import { registerDiff } from './commands/diff.ts'
import { registerExplain } from './commands/explain.ts'
import { registerExport } from './commands/export.ts'
import { registerExtend } from './commands/extend.ts'
import { registerFork } from './commands/fork.ts'
import { registerGrow } from './commands/grow.ts'
import { registerInit } from './commands/init.ts'
import { registerJob } from './commands/job.ts'
import { registerJobs } from './commands/jobs.ts'
import { registerLoad } from './commands/load.ts'
import { registerParams } from './commands/params.ts'
import { registerPlan } from './commands/plan.ts'
import { registerPower } from './commands/power.ts'
import { registerProfiles } from './commands/profiles.ts'
import { registerReplicate } from './commands/replicate.ts'
import { registerReport } from './commands/report.ts'
import { registerReset } from './commands/reset.ts'
import { registerResume } from './commands/resume.ts'
import { registerRun } from './commands/run.ts'
import { registerRuns } from './commands/runs.ts'
import { registerScenarios } from './commands/scenarios.ts'
import { registerSchema } from './commands/schema.ts'
import { registerScorecard } from './commands/scorecard.ts'
import { registerSensitivity } from './commands/sensitivity.ts'
import { registerStudio } from './commands/studio.ts'
import { registerSweep } from './commands/sweep.ts'
import { registerTask } from './commands/task.ts'
import { registerTune } from './commands/tune.ts'
import { registerUser } from './commands/user.ts'
import { registerValidate } from './commands/validate.ts'
import { registerVerify } from './commands/verify.ts'
import { registerWatch } from './commands/watch.ts'
import { registerWorker } from './commands/worker.ts'
import { reportFailure } from './failure.ts'
import { camelCase, type OptionTable, sealValues } from './options/arguments.ts'
import { checkRequired } from './options/required.ts'

/** All commands. Their files load what is heavy only when they are carried out, so that help comes at once. */
export function commandLine(): CAC {
  const cli = cac('mingle')
  cli.usage('<command> [options]')
  registerRun(cli)
  registerProfiles(cli)
  registerActivity(cli)
  registerResume(cli)
  registerExtend(cli)
  registerGrow(cli)
  registerAdopt(cli)
  registerPlan(cli)
  registerTask(cli)
  registerWorker(cli)
  registerCluster(cli)
  registerLoad(cli)
  registerJobs(cli)
  registerJob(cli)
  registerRuns(cli)
  registerDebug(cli)
  registerExplain(cli)
  registerDiff(cli)
  registerExport(cli)
  registerUser(cli)
  registerParams(cli)
  registerScenarios(cli)
  registerSchema(cli)
  registerScorecard(cli)
  registerStudio(cli)
  registerReplicate(cli)
  registerSweep(cli)
  registerSensitivity(cli)
  registerCompare(cli)
  registerFork(cli)
  registerPower(cli)
  registerReport(cli)
  registerWatch(cli)
  registerTune(cli)
  registerValidate(cli)
  registerVerify(cli)
  registerReset(cli)
  registerInit(cli)
  registerCheck(cli)
  registerBench(cli)
  cli.option('--debug', 'Show the stack trace of an error')
  cli.option('-v, --version', 'Print the version')
  cli.help((sections) => sections.filter((section) => !section.title?.startsWith('For more info')))
  cli.example('  $ mingle run --run-seed demo-2024 --count 1000 --days 90   # fills ./mingle.db')
  cli.example('  $ mingle run --help                                        # options and examples of a command')
  return cli
}

/**
 * Carries out one command line.
 *
 * @param argv as `process.argv`: the program's arguments start at the third
 * @returns the exit code: 0 done, 1 failed, 2 refused input, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  const args = argv.slice(2)
  const debug = args.includes('--debug')
  try {
    const cli = commandLine()
    cli.parse([...argv.slice(0, 2), ...sealValues(args, optionsOf(cli))], { run: false })
    if (cli.options.help === true) return 0
    if (cli.options.version === true) {
      const { packageVersion } = await import('../installation/index.ts')
      console.log(packageVersion())
      return 0
    }
    if (cli.matchedCommand === undefined) {
      if (cli.args.length > 0) {
        throw new MingleError('BAD_INPUT', `unknown command '${cli.args[0]}'; 'mingle --help' lists the commands`)
      }
      const unknown = Object.keys(cli.options).find((name) => name !== '--' && name !== 'debug')
      if (unknown !== undefined)
        throw new MingleError('BAD_INPUT', `unknown option '--${unknown}' without a command; see 'mingle --help'`)
      cli.outputHelp()
      return 0
    }
    checkRequired(cli)
    return ((await cli.runMatchedCommand()) as number | undefined) ?? 0
  } catch (error) {
    return await reportFailure(error, debug)
  }
}

/** @throws Error when two commands use one name with and without a value */
export function optionsOf(cli: CAC): OptionTable {
  const table = new Map<string, { takesValue: boolean }>()
  for (const option of [cli.globalCommand, ...cli.commands].flatMap((command) => command.options)) {
    const takesValue = option.isBoolean !== true
    for (const name of option.names) {
      // `--no-open` is known by that name alone: there is no `--open` to leave out.
      const key = camelCase(option.negated ? `no-${name}` : name)
      if (table.has(key) && table.get(key)!.takesValue !== takesValue) throw new Error(`--${name} means two things`)
      table.set(key, { takesValue })
    }
  }
  return table
}
