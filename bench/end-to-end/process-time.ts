/** What a process took, the driver's threads included. */
export interface Taken {
  readonly seconds: number
  readonly cpuSeconds: number
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
