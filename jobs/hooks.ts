import { spawn } from 'node:child_process'
import { inspect } from 'node:util'
import type { HookCall, JobHook, JobHooks } from '../persist/index.ts'
import { badInput, MingleError } from '../sim/kernel/index.ts'
import { JOB_NAMES, type JobName } from './names.ts'

export type { HookCall, JobHook, JobHooks }

/**
 * Carries out the user's own job. A command runs in a shell with DATABASE_URL, MINGLE_JOB and MINGLE_AS_OF (ISO 8601); what
 * it prints goes to stderr, so that stdout stays the report's.
 * @returns rows, where the hook tells
 * @throws MingleError JOB_FAILED when the command ends with another code than 0, BAD_INPUT when the function returns no number of rows
 */
export async function callHook(hook: JobHook, call: HookCall): Promise<number | null> {
  if (typeof hook === 'function') {
    const rows: unknown = await hook(call)
    if (rows === undefined || rows === null) return null
    if (Number.isSafeInteger(rows) && (rows as number) >= 0) return rows as number
    throw badInput(
      `the function in the configuration returned ${inspect(rows)}; expected the rows it wrote, or nothing`,
    )
  }
  const code = await new Promise<string>((resolve, reject) => {
    const child = spawn(hook, {
      shell: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: call.databaseUrl,
        MINGLE_JOB: call.job,
        MINGLE_AS_OF: call.asOf.toISOString(),
      },
    })
    child.stdout.pipe(process.stderr, { end: false })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? String(code)))
  })
  if (code !== '0') throw new MingleError('JOB_FAILED', `the command '${hook}' ended with ${code}`)
  return null
}

/**
 * The user's own jobs.
 * @throws MingleError BAD_INPUT for one that takes the place of no job, or is neither command nor function
 */
export function checkedHooks(hooks: JobHooks): ReadonlyMap<JobName, JobHook> {
  return new Map(
    Object.entries(hooks).map(([name, hook]): [JobName, JobHook] => {
      if (!(JOB_NAMES as readonly string[]).includes(name)) {
        throw badInput(
          `jobs in the configuration: there is no job '${name}' to replace; expected ${JOB_NAMES.join(', ')}`,
        )
      }
      const fits = typeof hook === 'function' || (typeof hook === 'string' && hook.trim() !== '')
      if (fits) return [name as JobName, hook as JobHook]
      throw badInput(
        `jobs in the configuration: '${name}' is ${JSON.stringify(hook)}; expected a command or a function`,
      )
    }),
  )
}
