import { badInput } from '../kernel/index.ts'
import { checkParameters, type Parameters, type PolicyParameters } from '../parameters/index.ts'
import type { RunConfig } from './config.ts'
import { type PartialTree, withDefaults } from './tree.ts'

/** What no later day can change: the past was simulated so, and posts have been kept as long as that. */
const SETTLED = [
  ['burnIn', 'days'],
  ['feed', 'windowHours'],
] as const
/** What a fork cannot change besides: who has joined so far follows from it. */
const SETTLED_FOR_FORKS = [['arrivals', 'perDay'], ...SETTLED] as const

/** The policy in force on a day of the run. */
export function policyOn({ parameters, policies = [] }: Pick<RunConfig, 'parameters' | 'policies'>, day: number) {
  return policies.findLast((change) => change.day <= day)?.policy ?? parameters.policy
}

/**
 * The configuration of a run that goes by another policy from a day on; the days before are as they were.
 * @param policy what changes, as in `RunInput.parameters.policy`
 * @throws MingleError BAD_INPUT for unknown or impossible parameters, for those that the past hangs on, and for a day
 * before an earlier change
 */
export function changePolicy(config: RunConfig, day: number, policy: PartialTree<PolicyParameters>): RunConfig {
  const { policies = [] } = config
  const last = policies.at(-1)
  if (!Number.isSafeInteger(day) || day < (last?.day ?? 0)) {
    throw badInput(`The policy shall change on day ${day}: give a whole day, not before ${last?.day ?? 0}.`)
  }
  const changed = policyAfter(config.parameters.population, policyOn(config, day), policy, SETTLED, 'a later day')
  return { ...config, policies: [...policies, { day, policy: changed }] }
}

/**
 * The configuration of a fork: the same run, under another policy from some day on.
 * @param policy what changes, as in `RunInput.parameters.policy`
 * @throws MingleError BAD_INPUT for unknown or impossible parameters, and for those that the past hangs on
 */
export function withPolicy(config: RunConfig, policy: PartialTree<PolicyParameters>): RunConfig {
  const { population, policy: first } = config.parameters
  const last = config.policies?.at(-1)
  const changed = policyAfter(population, last?.policy ?? first, policy, SETTLED_FOR_FORKS, 'a fork')
  if (last === undefined) return { ...config, parameters: { population, policy: changed } }
  return { ...config, policies: [...config.policies!.slice(0, -1), { day: last.day, policy: changed }] }
}

function policyAfter(
  population: Parameters['population'],
  before: PolicyParameters,
  changes: PartialTree<PolicyParameters>,
  settled: readonly (readonly [keyof PolicyParameters, string])[],
  who: string,
): PolicyParameters {
  const policy = withDefaults(before, changes, 'policy.')
  checkParameters({ population, policy })
  for (const [group, name] of settled) {
    const [was, is] = [before, policy].map((one) => (one[group] as unknown as Record<string, number>)[name])
    if (was !== is) {
      throw badInput(
        `Parameter policy.${group}.${name} was ${was} and shall be ${is}: ${who} cannot change it, its past hangs on it.`,
      )
    }
  }
  return policy
}
