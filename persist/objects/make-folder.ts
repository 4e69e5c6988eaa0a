import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it. Node's own recursive `mkdir` never ends where a file system says ENOENT of a folder whose parent is
 * there, as /proc and mounts by autofs do.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  try {
    mkdirSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Another was quicker.
    if (code === 'EEXIST' && existsSync(path)) return
    const above = dirname(path)
    if (code !== 'ENOENT' || above === path || existsSync(above)) throw error
    makeFolder(above)
    makeFolder(path)
  }
}
