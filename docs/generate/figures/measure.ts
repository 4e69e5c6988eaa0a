import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { execPath } from 'node:process'

/** A program that ended. */
export interface Ended {
  readonly stdout: string
  readonly seconds: number
  /** Largest resident set, in MB of 10⁶ bytes; 0 where the system does not say. */
  readonly megabytes: number
}

/** Runs a compiled file of the repository in a process of its own. @throws Error when it fails */
export function run(cwd: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    let megabytes = 0
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    const watch = setInterval(() => {
      megabytes = Math.max(megabytes, largestSet(child.pid))
    }, 20)
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(watch)
      const seconds = (performance.now() - start) / 1000
      if (code === 0) resolve({ stdout, seconds, megabytes })
      else reject(new Error(`node ${args.join(' ')} ended with code ${code}\n${stdout}`))
    })
  })
}

function largestSet(pid: number | undefined): number {
  try {
    return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024) / 1e6
  } catch {
    return 0
  }
}

/** The number after (or in) a pattern's group. @throws Error when the output has none */
export function number(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`no ${pattern} in:\n${text}`)
  return Number(found.replaceAll(',', ''))
}
