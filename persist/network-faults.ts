/** A name that means no machine, as far as whoever is asked knows just now: at the first contact a wrong one. */
const NO_NAME = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']
/** No machine, or no program, is where one was looked for: at the first contact a wrong place. */
const NO_ANSWER = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN']
/** What was there broke off. */
const BROKEN = ['ECONNRESET', 'ECONNABORTED', 'ENETRESET', 'ENOTCONN', 'EPIPE']

const NAMES: ReadonlySet<string> = new Set(NO_NAME)
const UNANSWERED: ReadonlySet<string> = new Set([...NO_NAME, ...NO_ANSWER])
const ALL: ReadonlySet<string> = new Set([...NO_NAME, ...NO_ANSWER, ...BROKEN])

/** Classes of SQLSTATE: the connection is no more (08), the server ends or begins (57P01–57P05), or has no room for another (53300). */
const SERVER_AWAY = /^(?:08\w{3}|57P0[1-5]|53300)$/

/** Whether a code of Node's means that a connection broke, or did not come about. In the middle of work it may come about later. */
export function isNetworkFault(code: string): boolean {
  return ALL.has(code)
}

/** Whether it means that nobody was there: at the first contact a wrong URL rather than a fault to sit out. */
export function isUnansweredCode(code: string): boolean {
  return UNANSWERED.has(code)
}

/** Whether it means that the name of the host is not known. */
export function isUnknownName(code: string): boolean {
  return NAMES.has(code)
}

/** Whether a SQLSTATE means that the server is away, and that the same may be asked again when it is back. */
export function isServerAway(sqlState: string): boolean {
  return SERVER_AWAY.test(sqlState)
}
