import { MingleError } from '../../sim/kernel/index.ts'

/** What the command line takes: every option of every command in camel case, and whether a value follows it. */
export type OptionTable = ReadonlyMap<string, { readonly takesValue: boolean }>

/**
 * Rewrites arguments so that the parser leaves option values as they were typed. cac turns everything that looks like
 * a number into one (`007` becomes 7, `1e3` becomes 1000) and takes `-5` for an option. Each value is therefore joined
 * to its option behind a second `=`, which no number starts with; `typed` removes it.
 *
 * @throws MingleError BAD_INPUT when a value is missing or empty, or given to an option that takes none.
 */
export function sealValues(args: readonly string[], options: OptionTable): string[] {
  const sealed: string[] = []
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!
    if (argument === '--') {
      throw new MingleError('BAD_INPUT', `'--' ends the options, and nothing can follow them; leave it out`)
    }
    const equals = argument.indexOf('=')
    const flag = equals < 0 ? argument : argument.slice(0, equals)
    const option = flag.startsWith('--')
      ? options.get(camelCase(flag.slice(2)))
      : /^-[a-z]$/i.test(flag)
        ? options.get(flag.slice(1))
        : undefined
    if (option === undefined && flag.startsWith('--no-') && options.has(camelCase(flag.slice(5)))) {
      throw new MingleError('BAD_INPUT', `there is no ${flag}; to do without --${flag.slice(5)}, leave it out`)
    }
    if (option === undefined) {
      sealed.push(argument)
    } else if (!option.takesValue) {
      if (equals >= 0) throw new MingleError('BAD_INPUT', `${flag} takes no value, got '${argument.slice(equals + 1)}'`)
      sealed.push(argument)
    } else {
      const value = equals >= 0 ? argument.slice(equals + 1) : args[++i]
      // What begins like an option is one, unless it is joined; nothing is what a shell makes of a variable that is not set.
      const isMissing = value === undefined || (equals < 0 && /^-[^\d.]/.test(value))
      if (isMissing || value === '') {
        const got = isMissing ? '' : ', got an empty one'
        throw new MingleError('BAD_INPUT', `${flag} needs a value${got}; write '${flag} <value>' or '${flag}=<value>'`)
      }
      sealed.push(`${dashed(flag)}==${value}`)
    }
  }
  return sealed
}

/** The value of an option exactly as it was typed; undefined when it was not given. @throws BAD_INPUT when given twice. */
export function typed(value: unknown, flag: string): string | undefined {
  const all = typedList(value, flag)
  if (all.length > 1) throw new MingleError('BAD_INPUT', `${flag} was given ${all.length} times; give it once`)
  return all[0]
}

/** The values of an option that may be repeated, in the order given. */
export function typedList(value: unknown, flag: string): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map((item) => {
    if (typeof item === 'string' && item.startsWith('=')) return item.slice(1)
    throw new MingleError('BAD_INPUT', `${flag} needs a value; write '${flag} <value>'`)
  })
}

/** An option as it is spelled in words; given in camel case, which the parser takes too, it is the same one. */
export function dashed(flag: string): string {
  return flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export function camelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
