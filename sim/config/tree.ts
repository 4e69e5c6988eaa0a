import { badInput } from '../kernel/index.ts'

/** Any part of a tree of parameters. */
export type PartialTree<T> = { readonly [K in keyof T]?: T[K] extends object ? PartialTree<T[K]> : T[K] }

/** Lays the given part of a tree over the defaults; every path must exist there and every leaf be a finite number. */
export function withDefaults<T extends object>(defaults: T, given: PartialTree<T>, path: string): T {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(defaults)) {
    const own = (given as Record<string, unknown>)[name]
    const at = path + name
    if (own === undefined) result[name] = typeof value === 'object' ? withDefaults(value, {}, `${at}.`) : value
    else if (typeof value === 'object') {
      if (typeof own !== 'object' || own === null) throw badInput(`Parameter ${at} is a group, not ${String(own)}.`)
      result[name] = withDefaults(value, own, `${at}.`)
    } else {
      if (typeof own !== 'number' || !Number.isFinite(own)) {
        throw badInput(`Parameter ${at} is ${String(own)}; give a number (its default is ${value}).`)
      }
      result[name] = own
    }
  }
  for (const name of Object.keys(given)) {
    if (!(name in defaults)) {
      throw badInput(`There is no parameter ${path}${name}; here are: ${Object.keys(defaults).join(', ')}.`)
    }
  }
  return result as T
}
