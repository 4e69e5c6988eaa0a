import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { Misuse } from './options.ts'

/**
 * A Node program's command, bound to one core where one is given: V8's own threads have no other either, as on a machine
 * with a single core.
 * @param core from 0; undefined leaves it all of them
 */
export function nodeOn(core: number | undefined, args: readonly string[]): [string, string[]] {
  if (core === undefined) return [process.execPath, [...args]]
  return ['taskset', ['--cpu-list', `${core}`, process.execPath, ...args]]
}

/** @throws Misuse where programs cannot be bound to so many cores, one each */
export function needCores(cores: number): void {
  const found = availableParallelism()
  if (found < cores)
    throw new Misuse(`this machine has ${found} cores, expected at least ${cores}: leave --core-each out`)
  if (spawnSync('taskset', ['--version']).status !== 0)
    throw new Misuse('there is no taskset here, which binds a process to a core (util-linux): leave --core-each out')
}
