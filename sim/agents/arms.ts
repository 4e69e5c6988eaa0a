import { badInput, type StreamKeys } from '../kernel/index.ts'
import type { PolicyParameters } from '../parameters/index.ts'
import { Purpose } from './purposes.ts'

/** One arm of a test: a share of the people, who live by a policy of their own. */
export interface Arm {
  readonly name: string
  /** Of all people, 0–1; those in no arm are the control. */
  readonly share: number
  readonly policy: PolicyParameters
}

/** What those are called who are in no arm. */
export const CONTROL = 'control'

/** The arms by number: the control is 0. */
export function armNames(arms: readonly Arm[] = []): string[] {
  return [CONTROL, ...arms.map(({ name }) => name)]
}

/** The number of person k's arm: a draw of k's own, so that nobody's arm hangs on who else is there. */
export function armOf(keys: StreamKeys, arms: readonly Arm[] = [], k: number): number {
  if (arms.length === 0) return 0
  const u = keys.uniform(Purpose.arm, k, 0, 0)
  let end = 0
  for (let arm = 0; arm < arms.length; arm++) {
    end += arms[arm]!.share
    if (u < end) return arm + 1
  }
  return 0
}

/** Groups of the policy that work on one person at a time; the others shape the site that all share. */
const OF_A_PERSON = ['session', 'feed', 'deck', 'like', 'opening', 'reply']
/** What of `feed` is the site's. */
const OF_THE_FEED = ['windowHours', 'sources']

/** Whether a parameter of the policy works on one person at a time, so that an arm can have its own. @param path `policy.like.near` */
export function isOfAPerson(path: string): boolean {
  const [root, group, name] = path.split('.')
  return root === 'policy' && OF_A_PERSON.includes(group!) && !(group === 'feed' && OF_THE_FEED.includes(name!))
}

/**
 * @param shared the policy of everybody else
 * @throws MingleError BAD_INPUT when names or shares do not fit, or a policy changes what all share
 */
export function checkArms(arms: readonly Arm[], shared: PolicyParameters): void {
  const names = armNames(arms)
  let total = 0
  for (const { name, share, policy } of arms) {
    if (!/^[\w-]{1,40}$/.test(name) || names.filter((each) => each === name).length > 1) {
      throw badInput(
        `an arm is called '${name}'; give each a name of its own of letters, digits, - and _, but not ${CONTROL}`,
      )
    }
    if (!(share > 0 && share <= 1))
      throw badInput(`arm ${name} has the share ${share}; give a number above 0, at most 1`)
    total += share
    refuseShared(name, policy, shared)
  }
  if (total > 1 + 1e-9) throw badInput(`the shares of the arms add up to ${total}; give at most 1 in all`)
}

function refuseShared(arm: string, policy: PolicyParameters, shared: PolicyParameters): void {
  for (const group of Object.keys(policy) as (keyof PolicyParameters)[]) {
    const own = policy[group] as unknown as Record<string, unknown>
    const all = shared[group] as unknown as Record<string, unknown>
    for (const name of Object.keys(own)) {
      if (isOfAPerson(`policy.${group}.${name}`)) continue
      if (JSON.stringify(own[name]) !== JSON.stringify(all[name])) {
        throw badInput(
          `arm ${arm} sets policy.${group}.${name}, which all people share; an arm can set policy.{${OF_A_PERSON.join(',')}}, ` +
            `but not policy.feed.{${OF_THE_FEED.join(',')}}`,
        )
      }
    }
  }
}
