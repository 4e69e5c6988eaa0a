import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** In the place of a maker's number. */
const OWN = 1_000_000

/** Beginning of the paths of this process's images for a database: beside it, on the same disk. */
export function imageFiles(database: string): string {
  return `${prefix(database)}${process.pid}`
}

/** The path of an image that the process makes for rows that no maker made. */
export function ownImage(database: string, count: number): string {
  return `${imageFiles(database)}-${OWN}-${count}`
}

/** Removes the images of this process, and those that dead ones left. */
export function removeImages(database: string, whose: 'own' | 'dead'): void {
  const folder = dirname(database)
  const beginning = basename(prefix(database))
  for (const name of readdirSync(folder)) {
    const rest = name.startsWith(beginning) ? name.slice(beginning.length) : ''
    const pid = Number(/^(\d+)-\d+-\d+$/.exec(rest)?.[1])
    if (Number.isNaN(pid)) continue
    if (whose === 'own' ? pid === process.pid : !isAlive(pid)) rmSync(join(folder, name), { force: true })
  }
}

function prefix(database: string): string {
  return `${database}-image-`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
