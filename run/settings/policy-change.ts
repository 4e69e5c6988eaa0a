import { type PartialTree, type PolicyParameters, policyOn, type RunConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { setParameter } from './settings.ts'

type Tree = { [name: string]: number | Tree }

/**
 * What of a run's policy changes on a day, from words such as `policy.like.nearKm=30`. Later words win.
 *
 * @throws MingleError BAD_INPUT for what is no parameter, no value, or no policy: who lives in a run was settled when it
 * was made; the difference is named
 */
export function policyFromWords(
  config: RunConfig,
  day: number,
  words: readonly string[],
): PartialTree<PolicyParameters> {
  const { population } = config.parameters
  const changes: Tree = {}
  for (const word of words) {
    const then = structuredClone({ population, policy: policyOn(config, day) })
    setParameter(then, word)
    const path = word.slice(0, word.indexOf('=')).split('.')
    const [was, is] = [{ population, policy: policyOn(config, day) }, then].map((tree) => leafOf(tree, path))
    if (path[0] !== 'policy') {
      throw new MingleError(
        'BAD_INPUT',
        `${path.join('.')} is ${was} in run '${config.seed}' and shall be ${is}: who lives in a run is settled when it ` +
          'is made, only policy.… can change later. Start another run with it: mingle run --run-seed … --set ' +
          `${word}`,
      )
    }
    let branch = changes
    for (const name of path.slice(1, -1)) branch = (branch[name] ??= {}) as Tree
    branch[path.at(-1)!] = is
  }
  return changes as PartialTree<PolicyParameters>
}

function leafOf(tree: object, path: readonly string[]): number {
  return path.reduce<unknown>((branch, name) => (branch as Tree)[name], tree) as number
}
