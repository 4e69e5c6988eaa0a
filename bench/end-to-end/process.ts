import { spawnSync } from 'node:child_process'
import { quarters } from '../record.ts'

/** What a process took, its threads and those of its native parts included. */
export interface Taken {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Largest resident set. */
  readonly megabytes: number
}

/** Runs a program of Node, and asks it at its end what it took. */
export function measured(args: readonly string[]): Taken {
  const at = "process.on('exit', () => { const { user, system } = process.cpuUsage(); "
  const say = "require('node:fs').writeSync(3, JSON.stringify([user + system, process.resourceUsage().maxRSS])) })"
  const preload = `import { createRequire } from 'node:module'; const require = createRequire('file:///'); ${at}${say}`
  const start = performance.now()
  const { status, output, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  )
  const seconds = (performance.now() - start) / 1000
  process.stderr.write(`${args.slice(0, 2).join(' ')}: ${seconds.toFixed(1)} s\n`)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with code ${status}: ${stderr}`)
  const [microseconds, kilobytes] = JSON.parse(output[3]!) as [number, number]
  return { seconds, cpuSeconds: microseconds / 1e6, megabytes: kilobytes / 1024 }
}

export function middle(samples: readonly number[]): string {
  return quarters(samples).value.toFixed(2)
}

/** The middle of the ratios within each round. */
export function ratio(of: readonly Taken[], to: readonly Taken[], what: 'seconds' | 'cpuSeconds'): string {
  return middle(of.map((one, i) => one[what] / to[i]![what]))
}
