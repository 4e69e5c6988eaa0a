import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Packages that are optional to another, as most builds for other platforms are, and that the lock file does not name. */
function unlocked(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !foldersAbove(place).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${name}, optional to ${place}`),
  )
}

/** Where a package at `place` finds others: below itself, then beside each package that holds it. */
function foldersAbove(place: string): string[] {
  const parts = place === '' ? [] : place.split(/(?<=\/)(?=node_modules\/)/)
  return parts
    .map(
      (_, i) =>
        `${parts
          .slice(0, i + 1)
          .join('')
          .replace(/\/$/, '')}/`,
    )
    .reverse()
    .concat('')
}

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>
  }

  it('names the builds for every platform, which npm ci demands', () => {
    expect(unlocked(packages)).toEqual([])
  })

  it('would be found wanting', () => {
    const holed = { 'node_modules/a': { optionalDependencies: { b: '1' } }, 'node_modules/c/node_modules/b': {} }
    expect(unlocked(holed)).toEqual(['b, optional to node_modules/a'])
    expect(unlocked({ ...holed, 'node_modules/b': {} })).toEqual([])
    expect(unlocked({ ...holed, 'node_modules/a/node_modules/b': {} })).toEqual([])
  })
})
