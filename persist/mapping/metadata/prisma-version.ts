import { createRequire } from 'node:module'

/** The major version of the Prisma that a file's project has; undefined where there is none, or it cannot be looked into. */
export function prismaMajor(file: string): number | undefined {
  for (const name of ['@prisma/client/package.json', 'prisma/package.json']) {
    try {
      return Number.parseInt((createRequire(file)(name) as { version: string }).version, 10)
    } catch {
      // Not there, or not to be looked into.
    }
  }
  return undefined
}
