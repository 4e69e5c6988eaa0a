/** Parameters whose value nobody should read, however they are spelled: `password`, `sslpassword`, `pwd`, `authToken`, … */
const SECRET_NAME = /pass|pwd|secret|token|key|credential/i
/** Shorter ones cannot be told from other text. */
const SHORTEST = 4
/** Places of ours without user and password, whatever their path holds. */
const LOCAL = /^(?:file|ndjson|csv|parquet|memory|none):(?!\/\/[^/])/i
/** What may stand before the user: quotes, a variable's name, the scheme with its slashes. */
const BEFORE_USER = /^[\s'"`]*(?:\w+=[\s'"`]*)?(?:([a-z][a-z0-9+.-]*):)?\/\/(?!\/)/i
/** Schemes under which a name alone before the @ is a user's, and no password. */
const SERVER = /^(?:postgres(?:ql)?|mysql|mariadb)$/i
/** What our advice names as an example, and nobody's: no query follows, which might hold a secret. */
const EXAMPLE = /^\w+:\/\/user:password@host(?::\d+)?\/\w+$/
/** `host`, `host:5432`, `[::1]:5432`, several with commas. */
const HOSTS = /^(?:(?:\[[^\]]*\]|[^:,[\]]*)(?::\d*)?(?:,|$))*$/
/**
 * `name=value` in a query, where the name may be escaped, or a secret one in a string of keywords. A value goes on to the
 * next `name=` behind what ends it, since somebody may have escaped nothing.
 */
const PARAMETER =
  /([?&])([^=&]+)(=)(.*?)(?=&[^=&]+=|$)|(?<=^|[;#\s,])([^=?&;#\s,]*(?:pass|pwd|secret|token|key|credential)[^=?&;#\s,]*)(\s*=\s*)('(?:[^'\\]|\\.|'')*'(?=[&;#\s,]|$)|"(?:[^"\\]|\\.|"")*"(?=[&;#\s,]|$)|.*?(?=[&;\s,]+[^=?&;#\s,]+\s*=|$))/gis

/** The URL with its password, and any secret among its parameters, as `***`. Works on invalid URLs and other connection strings too. */
export function redactUrl(url: string): string {
  const [from, to] = passwordIn(url) ?? [0, 0]
  const shown = to > from ? `${url.slice(0, from)}***${url.slice(to)}` : url
  return secretParameters(shown).reduceRight(
    (text, [start, end]) => `${text.slice(0, start)}***${text.slice(end)}`,
    shown,
  )
}

/**
 * Text of others, such as a driver's error, without the secrets of some URLs, and without the password of any URL in it.
 * @param urls whatever may hold a secret: URLs, arguments, parts of them
 */
export function withoutSecrets(text: string, urls: readonly string[]): string {
  let shown = text
  for (const url of urls.toSorted((a, b) => b.length - a.length)) {
    const redacted = redactUrl(url)
    if (redacted !== url) shown = shown.replaceAll(url, () => redacted)
  }
  for (const secret of urls.flatMap(secretsOf).sort((a, b) => b.length - a.length)) {
    shown = shown.replaceAll(wordOf(secret), '***')
  }
  // A quote may be part of a password: only behind the last @ does it end the URL.
  return shown.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/(?:\S*@)?[^\s'"`]*[^\s'"`).,;:]/gi, (url) =>
    EXAMPLE.test(url) ? url : redactUrl(url),
  )
}

/**
 * Where the password stands: from the colon behind the user to the last @, whatever lies between. An @ in a secret
 * parameter may be the last one; what follows it there is hidden too.
 */
function passwordIn(url: string): readonly [from: number, to: number] | undefined {
  const found = authorityPassword(url)
  const at = found?.[1] ?? 0
  const [parameter] = secretParameters(url).filter(([from, to]) => from <= at && at < to)
  return found && parameter ? [found[0], parameter[1]] : found
}

/** Where values of secret parameters stand, from left to right. */
function secretParameters(url: string): (readonly [from: number, to: number])[] {
  return [...url.matchAll(PARAMETER)]
    .filter(([, , inQuery, , , keyword]) => SECRET_NAME.test(keyword ?? decoded(inQuery!)))
    .map(({ 0: all, 4: inQuery, 7: value = inQuery!, index }) => [
      index + all.length - value.length,
      index + all.length,
    ])
}

function authorityPassword(url: string): readonly [from: number, to: number] | undefined {
  if (LOCAL.test(url)) return undefined
  const [before = '', scheme = ''] = BEFORE_USER.exec(url) ?? []
  const user = before.length
  const colon = url.indexOf(':', user)
  const at = url.lastIndexOf('@')
  if (at >= user) {
    if (colon >= 0 && colon < at) return [colon + 1, at]
    const encoded = url.slice(user, at).search(/%3a/i)
    if (encoded >= 0) return [user + encoded + 3, at]
    // Pages such as https://www.npmjs.com/package/@scope/name.
    if (/^https?$/i.test(scheme) && /[/?#]/.test(url.slice(user, at))) return undefined
    return before === '' || SERVER.test(scheme) ? undefined : [user, at]
  }
  // The host was forgotten, and the password stands where a port would.
  const authority = url.slice(user).split(/[/?#;]/, 1)[0]!
  return before === '' || colon < 0 || HOSTS.test(authority) ? undefined : [colon + 1, url.length]
}

/** Every spelling of the secrets in a URL, and what is left of a password for those who cut it at an unescaped mark. */
function secretsOf(url: string): string[] {
  const [from, to] = passwordIn(url) ?? [0, 0]
  const password = url.slice(from, to)
  const rests = [...password.matchAll(/[@:/?#]/g)].map(({ index }) => password.slice(index + 1))
  const parameters = secretParameters(url).map(([start, end]) => url.slice(start, end).replaceAll(/^['"]|['"]$/g, ''))
  const whole = [password, ...rests, ...password.split(/[@:/?#]/), ...parameters].flatMap(spellings)
  // The word itself is no secret, and our advice has it. With the @ behind it, a rest of any length can be told from other text.
  const before = url[to] === '@' ? [password, ...rests].filter((rest) => rest !== '').map((rest) => `${rest}@`) : []
  return [...new Set([...whole.filter((secret) => secret.length >= SHORTEST && secret !== 'password'), ...before])]
}

function spellings(secret: string): string[] {
  return [secret, decoded(secret), encodeURIComponent(decoded(secret)), decoded(secret.replaceAll('+', ' '))]
}

/** A word that holds the secret is another word. */
function wordOf(secret: string): RegExp {
  const [start, end] = [/^\w/.test(secret) ? '(?<!\\w)' : '', /\w$/.test(secret) ? '(?!\\w)' : '']
  return new RegExp(`${start}${secret.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}${end}`, 'g')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
