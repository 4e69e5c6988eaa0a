import { MingleError } from '../sim/kernel/index.ts'

/**
 * Refuses to write where a real site may live.
 *
 * @param allowed whether `--allow-production` was given
 * @throws MingleError BAD_INPUT saying what looks like production
 */
export function refuseProduction(url: string, allowed: boolean): void {
  const sign = allowed ? undefined : productionSign(url)
  if (sign === undefined) return
  throw new MingleError(
    'BAD_INPUT',
    `this looks like production (${sign}), and Mingle fills databases with people who do not exist; ` +
      'add --allow-production if that is meant. Nothing was written',
  )
}

/** What makes an environment or URL look like production; undefined when nothing does. */
export function productionSign(url: string, environment = process.env.NODE_ENV): string | undefined {
  if (environment === 'production') return 'NODE_ENV is production'
  if (!/^[a-z]+:\/\/[^/]/i.test(url) || /^(file|memory|none):/i.test(url)) return undefined
  const afterPassword = url.slice(url.lastIndexOf('@') + 1).replace(/^[a-z]+:\/\//i, '')
  const place = afterPassword.split(/[?#]/)[0]!
  const word = /(?:^|[^a-z])(prod|production|live)(?:$|[^a-z])/i.exec(place)?.[1]
  return word === undefined ? undefined : `'${word}' in ${place}`
}
