/** Parameters whose value nobody should read, however they are spelled: `password`, `sslpassword`, `pwd`, `authToken`, … */
const SECRET_NAME = /pass|pwd|secret|token|key|credential/i
/** Shorter ones cannot be told from other text. */
const SHORTEST = 4
const AUTHORITY = /^([a-z][a-z0-9+.-]*:\/\/[^/?#@]*?:)([^/?#]*|.*)(@[^@]*)$/is
/** The same without the slashes, which somebody forgot; `file:` has none to hide. */
const BARE_AUTHORITY = /^((?!file:)[a-z][a-z0-9+.-]*:[^/@:]*:)(.*)(@[^@]*)$/is
/** `name=value`: behind `?` or `&` to the next `&`; behind `;`, `#`, a space or nothing to the next of these, or in quotes. */
const PARAMETER = /(?:([?&])([^=?&]*)=([^&]*)|(^|[;#\s])([^=?&;#\s]*)=('[^']*'|"[^"]*"|[^&;\s]*))/g

/** The URL with its password, and any secret among its parameters, as `***`. Works on invalid URLs too. */
export function redactUrl(url: string): string {
  return url
    .replace(AUTHORITY, '$1***$3')
    .replace(BARE_AUTHORITY, '$1***$3')
    .replaceAll(PARAMETER, (all, mark = '', name = '', _value, start = '', word = '') =>
      SECRET_NAME.test(decoded(name + word)) ? `${mark}${start}${name}${word}=***` : all,
    )
}

/**
 * Text of others, such as a driver's error, without the secrets of some URLs, and without the password of any URL in it.
 * @param urls whatever may hold a secret: URLs, arguments, parts of them
 */
export function withoutSecrets(text: string, urls: readonly string[]): string {
  let shown = text
  for (const secret of urls.flatMap(secretsOf).sort((a, b) => b.length - a.length)) {
    shown = shown.replaceAll(
      new RegExp(`(?<!\\w)${secret.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?!\\w)`, 'g'),
      '***',
    )
  }
  return shown.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"`]*/gi, redactUrl)
}

/** Every spelling of the secrets in a URL. */
function secretsOf(url: string): string[] {
  const authority = AUTHORITY.exec(url) ?? BARE_AUTHORITY.exec(url)
  const parameters = [...url.matchAll(PARAMETER)]
    .filter(([, , name = '', , , word = '']) => SECRET_NAME.test(decoded(name + word)))
    .map(([, , , value = '', , , text = '']) => (value + text).replaceAll(/^['"]|['"]$/g, ''))
  const found = [...(authority ? [authority[2]!] : []), ...parameters].flatMap((secret) => [
    secret,
    decoded(secret),
    encodeURIComponent(decoded(secret)),
    decoded(secret.replaceAll('+', ' ')),
  ])
  return [...new Set(found)].filter((secret) => secret.length >= SHORTEST)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
