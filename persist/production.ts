import { badInput } from '../sim/kernel/index.ts'

/** Words of a host or database by which people mark what is real; `pre-prod` is not. */
const REAL = /(?:^|[^a-z])(?<!(?:non|not|pre)[-_.])(prod|prd|production|live)(?:$|[^a-z])/i
/** Words by which they mark what is not. */
const PRACTICE =
  /(?:^|[^a-z])(dev|develop|development|test|testing|staging|stage|preview|sandbox|demo|local|ci|qa)(?:$|[^a-z])/i

/** Where databases are hosted: by the end of the host's name. */
const HOSTED: readonly (readonly [ending: RegExp, name: string])[] = [
  [/\.rds\.amazonaws\.com(\.cn)?$/, 'Amazon RDS'],
  [/\.compute(-\d+)?\.amazonaws\.com$/, 'Heroku or Amazon EC2'],
  [/\.neon\.(tech|build)$/, 'Neon'],
  [/\.supabase\.(co|com|net)$/, 'Supabase'],
  [/\.(psdb\.cloud|planetscale\.com|pscale\.tech)$/, 'PlanetScale'],
  [/\.database\.azure\.com$/, 'Azure'],
  [
    /\.(ondigitalocean|aivencloud|render|timescale|crunchybridge|vercel-storage|tidbcloud)\.com$/,
    'a host of databases',
  ],
  [/\.(railway\.app|railway\.internal|rlwy\.net)$/, 'Railway'],
  [
    /\.(cockroachlabs\.cloud|timescaledb\.io|xata\.sh|fly\.dev|flympg\.net|internal\.fly|turso\.io)$/,
    'a host of databases',
  ],
  [/(^|\.)(prisma\.io|prisma-data\.net)$/, 'Prisma Postgres'],
  [/^\/cloudsql\//, 'Google Cloud SQL'],
]

/**
 * What makes an environment or URL look like production; undefined when nothing does. Files are looked at by nobody else.
 * @param environment `NODE_ENV`
 */
export function productionSign(url: string, environment = process.env.NODE_ENV): string | undefined {
  if (environment === 'production') return 'NODE_ENV is production'
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]|^[a-z]+:\/\/\/.*[?&]host=/i.test(url) || /^(file|memory|none):/i.test(url)) {
    return undefined
  }
  const { hosts, database } = placeOf(url)
  for (const place of [...hosts, database]) {
    const word = REAL.exec(place)?.[1]
    if (word !== undefined) return `'${word}' in ${[hosts.join(','), database].filter(Boolean).join('/')}`
  }
  if ([...hosts, database].some((place) => PRACTICE.test(place))) return undefined
  for (const host of hosts) {
    const hosted = HOSTED.find(([ending]) => ending.test(host.toLowerCase()))
    if (hosted) return `${host} is hosted by ${hosted[1]}`
  }
  return undefined
}

/**
 * Refuses to write where a real site may live.
 * @param allowed whether somebody said that it is meant
 * @throws MingleError BAD_INPUT saying what looks like production, and how to go on
 */
export function refuseProduction(url: string, allowed: boolean): void {
  const sign = allowed ? undefined : productionSign(url)
  if (sign === undefined) return
  throw badInput(
    `this looks like production (${sign}), and Mingle fills databases with people who do not exist; ` +
      'if it is meant, or a database for development, add --allow-production (allowProduction: true). Nothing was written',
  )
}

/** Hosts and database of a URL, without user and password. */
function placeOf(url: string): { readonly hosts: readonly string[]; readonly database: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  // An @ behind the host: a password that was not encoded. What stands behind the last one is not part of it.
  if (!parsed || parsed.pathname.includes('@') || /^[?#][^=&]*@/.test(parsed.search + parsed.hash)) {
    const place = url.slice(url.lastIndexOf('@') + 1).replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    const [host = '', database = ''] = place.split(/[?#]/)[0]!.split('/')
    return { hosts: host.split(','), database }
  }
  const hosts = [parsed.hostname, ...parsed.searchParams.getAll('host')].flatMap((host) => decoded(host).split(','))
  return { hosts: hosts.filter(Boolean), database: decoded(parsed.pathname.slice(1)) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
