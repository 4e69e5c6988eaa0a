import { spawn } from 'node:child_process'
import { MingleError } from '../sim/kernel/index.ts'
import type { JobName } from './names.ts'

/** What a hook is told. */
export interface HookCall {
  readonly job: JobName
  /** URL of the database, password included. */
  readonly databaseUrl: string
  readonly asOf: Date
}

/** Takes a job's place: a command line, or a function, which may return (a promise of) the number of rows it wrote. */
export type JobHook = string | ((call: HookCall) => unknown)

export type JobHooks = { readonly [N in JobName]?: JobHook }

/**
 * Carries out the user's own job. A command runs in a shell with DATABASE_URL, MINGLE_JOB and MINGLE_AS_OF (ISO 8601); what
 * it prints goes to stderr, so that stdout stays the report's.
 * @returns rows, where the hook tells
 * @throws MingleError JOB_FAILED when the command ends with another code than 0
 */
export async function callHook(hook: JobHook, call: HookCall): Promise<number | null> {
  if (typeof hook === 'function') {
    const rows = await hook(call)
    return typeof rows === 'number' ? rows : null
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
