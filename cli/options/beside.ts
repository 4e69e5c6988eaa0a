import { MingleError } from '../../sim/kernel/index.ts'
import { dashed } from './arguments.ts'

/** Options by name in camel case, as the parser hands them on. */
type Given = Readonly<Record<string, unknown>>

/** The first of some options that was given, as it is typed; undefined: none. @param names in camel case, as the parser has them */
export function givenAmong(flags: Given, names: readonly string[]): string | undefined {
  const name = names.find((each) => {
    const value = flags[each]
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
  })
  return name && `--${dashed(name)}`
}

/**
 * Refuses options that would do nothing beside another one: whoever gives an option expects something of it.
 *
 * @param mode the other one as it was typed, such as `--dry-run`
 * @param why what it means for them, such as `writes nothing`
 * @param idle the options that then do nothing, in camel case
 * @throws MingleError BAD_INPUT naming the first of them that was given
 */
export function refuseBeside(flags: Given, mode: string, why: string, idle: readonly string[]): void {
  const flag = givenAmong(flags, idle)
  if (flag !== undefined) throw new MingleError('BAD_INPUT', `${mode} ${why}; leave ${flag} out, or ${mode}`)
}
