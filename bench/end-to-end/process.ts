import { spawnSync } from 'node:child_process'
import { nodeOn } from '../cores.ts'
import { quarters } from '../record.ts'

/** What a process took, its threads and those of its native parts included. */
export interface Taken {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Largest resident set. */
  readonly megabytes: number
}

const AT_EXIT = "process.on('exit', () => { const { user, system } = process.cpuUsage(); "
const SAY = "require('node:fs').writeSync(3, JSON.stringify([user + system, process.resourceUsage().maxRSS])) })"
// Worker threads have the same arguments.
const MAIN = "if (require('node:worker_threads').isMainThread) "
const PRELOAD = `import { createRequire } from 'node:module'; const require = createRequire('file:///'); ${MAIN}${AT_EXIT}${SAY}`

/** Arguments of Node before a program, by which it says at its end, on descriptor 3, what it took. */
export const TELLING: readonly string[] = ['--import', `data:text/javascript,${encodeURIComponent(PRELOAD)}`]

/** @param said what came on descriptor 3; @param seconds by the clock of who started it */
export function takenOf(said: string, seconds: number): Taken {
  const [microseconds, kilobytes] = JSON.parse(said) as [number, number]
  return { seconds, cpuSeconds: microseconds / 1e6, megabytes: kilobytes / 1024 }
}

/** Runs a program of Node, and asks it at its end what it took. @param core as of `nodeOn` */
export function measured(args: readonly string[], core?: number): Taken {
  const start = performance.now()
  const { status, output, stderr } = spawnSync(...nodeOn(core, [...TELLING, ...args]), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  const seconds = (performance.now() - start) / 1000
  process.stderr.write(`${args.slice(0, 2).join(' ')}: ${seconds.toFixed(1)} s\n`)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with code ${status}: ${stderr}`)
  return takenOf(output[3]!, seconds)
}

export function middle(samples: readonly number[]): string {
  return quarters(samples).value.toFixed(2)
}

/** The middle of the ratios within each round. */
export function ratio(of: readonly Taken[], to: readonly Taken[], what: 'seconds' | 'cpuSeconds'): string {
  return middle(of.map((one, i) => one[what] / to[i]![what]))
}
