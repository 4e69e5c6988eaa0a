import type { Group, Leaf, Values } from './described.ts'
import { POLICY } from './policy.ts'
import { POPULATION } from './population.ts'

/** The described tree, of which everything else here is made. */
const TREE: Group<{ population: typeof POPULATION; policy: typeof POLICY }> = {
  title: 'All parameters',
  together: false,
  children: { population: POPULATION, policy: POLICY },
}

/** Numbers at the leaves, as the defaults have them. */
export type Parameters = Values<typeof TREE>
export type PopulationParameters = Parameters['population']
export type PolicyParameters = Parameters['policy']

type AnyGroup = Group<Readonly<Record<string, Leaf | Group<unknown>>>>

/** One parameter, described. */
export interface Parameter extends Leaf {
  /** `policy.like.nearKm` */
  readonly path: string
  /** `population` is fixed when a run is created; `policy` may change at a day boundary. */
  readonly part: 'population' | 'policy'
  /** Path of the branch that it hangs on, and that branch's title: `policy.like`, `Likes`. */
  readonly group: string
  readonly groupTitle: string
  /** What screening varies it with as one thing: the path of such a group (a mix, a range), or its own. */
  readonly factor: string
  /** One useful step: what is added on a linear scale, what is multiplied by on a log scale. */
  readonly step: number
}

/** A tree of numbers with any names. */
export type NumberTree = { [name: string]: number | NumberTree }

function isLeaf(node: Leaf | Group<unknown>): node is Leaf {
  return 'default' in node
}

/** Rebuilds the tree's shape with something else at the leaves. */
function mapTree(node: AnyGroup, make: (leaf: Leaf) => unknown): Record<string, unknown> {
  const entries = Object.entries(node.children).map(([name, child]) => [
    name,
    isLeaf(child) ? make(child) : mapTree(child as AnyGroup, make),
  ])
  return Object.fromEntries(entries)
}

/** A fresh tree of the defaults, to change. */
export function defaultParameters(): Parameters {
  return mapTree(TREE as AnyGroup, (leaf) => leaf.default) as Parameters
}

/**
 * The parameter tree of the flagship model: its defaults. `population` is fixed when a run is created; `policy` may
 * change at a day boundary. What each means stands in `PARAMETERS`, and in `docs/model.md`, whose tables are made of it.
 */
export const DEFAULT_PARAMETERS: Parameters = defaultParameters()

/** Least and greatest value of a parameter that a run accepts, both included. */
export interface ParameterRange {
  readonly least: number
  readonly most: number
  /** Only whole numbers. */
  readonly whole?: true
}
export type RangeTree<T> = { readonly [K in keyof T]: T[K] extends number ? ParameterRange : RangeTree<T[K]> }

/** The range of every parameter, in the tree's shape. */
export const PARAMETER_RANGES = mapTree(TREE as AnyGroup, ({ least, most, whole }) => ({
  least,
  most,
  ...(whole && { whole }),
})) as RangeTree<Parameters>

/** Every parameter, in the order of the tree. */
export const PARAMETERS: readonly Parameter[] = listed(TREE as AnyGroup, '', undefined)

function listed(node: AnyGroup, path: string, together: string | undefined): Parameter[] {
  return Object.entries(node.children).flatMap(([name, child]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (!isLeaf(child)) return listed(child as AnyGroup, at, together ?? (child.together ? at : undefined))
    const part = at.startsWith('population.') ? 'population' : 'policy'
    return [
      {
        path: at,
        part,
        group: path,
        groupTitle: node.title,
        factor: together ?? at,
        step: stepOf(child),
        ...child,
      } as const,
    ]
  })
}

/** A hundredth of the span or less, as 1, 2 or 5 times a power of ten; on a log scale a hundredth of its factors. */
function stepOf({ whole, scale, low, high }: Leaf): number {
  if (whole) return 1
  if (scale === 'log') {
    const octaves = countOctaves(high / low)
    return octaves > 5 ? 1.05 : octaves > 2 ? 1.02 : 1.01
  }
  let power = 1
  while (power > (high - low) / 50) power /= 10
  const steps = [5, 2, 1].map((digit) => digit * power)
  // Written in decimal digits again: 0.01, not 0.010000000000000002.
  return Number(steps.find((step) => step <= (high - low) / 50)!.toPrecision(1))
}

function countOctaves(ratio: number): number {
  let octaves = 0
  for (let left = ratio; left >= 2; left /= 2) octaves++
  return octaves
}

const BY_PATH: ReadonlyMap<string, Parameter> = new Map(PARAMETERS.map((parameter) => [parameter.path, parameter]))

/** A parameter by its path; undefined when there is none. */
export function parameterAt(path: string): Parameter | undefined {
  return BY_PATH.get(path)
}

/** The value at a parameter's path. @param tree a whole tree, such as `RunConfig.parameters` */
export function parameterValue(tree: Parameters, path: string): number {
  let node: number | NumberTree | undefined = tree as unknown as NumberTree
  for (const name of path.split('.')) node = (node as NumberTree)[name]
  return node as number
}

/** Sets a value in place, unchecked: `checkParameters` tells whether the whole may be. @param path one of a parameter */
export function putParameter(tree: Parameters, path: string, value: number): void {
  const names = path.split('.')
  const leaf = names.pop()!
  let node = tree as unknown as NumberTree
  for (const name of names) node = node[name] as NumberTree
  node[leaf] = value
}

/** Values by path, of those leaves that a partial tree has. */
export function flatParameters(tree: object, prefix = ''): Record<string, number> {
  const flat: Record<string, number> = {}
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'number') flat[prefix + name] = value
    else Object.assign(flat, flatParameters(value as object, `${prefix}${name}.`))
  }
  return flat
}
