import { describe, expect, it } from 'vitest'
import { awayOrAsItIs } from '../../cluster/queue/brokers/postgres.ts'
import { isUnanswered } from '../../persist/database/retry.ts'
import { isPassing } from '../../persist/objects/s3/failure.ts'
import { explained, isLost } from '../../persist/postgres/connection.ts'

const coded = (code: string, message = code) => Object.assign(new Error(message), { code })

/** Code, whether nobody was there at all, and what of a store that was never reached. */
const CODES: readonly (readonly [
  string,
  { readonly unanswered: boolean; readonly passing: boolean; readonly words: RegExp },
])[] = [
  ['ENOTFOUND', { unanswered: true, passing: false, words: /there is no such host; check the URL$/ }],
  ['EAI_AGAIN', { unanswered: true, passing: true, words: /there is no such host/ }],
  ['EAI_FAIL', { unanswered: true, passing: true, words: /there is no such host/ }],
  ['ECONNREFUSED', { unanswered: true, passing: true, words: /does not answer; is the server running/ }],
  ['ETIMEDOUT', { unanswered: true, passing: true, words: /does not answer/ }],
  ['EHOSTUNREACH', { unanswered: true, passing: true, words: /does not answer/ }],
  ['EHOSTDOWN', { unanswered: true, passing: true, words: /does not answer/ }],
  ['ENETUNREACH', { unanswered: true, passing: true, words: /does not answer/ }],
  ['ENETDOWN', { unanswered: true, passing: true, words: /does not answer/ }],
  ['ECONNRESET', { unanswered: false, passing: true, words: /^ECONNRESET$/ }],
  ['ECONNABORTED', { unanswered: false, passing: true, words: /^ECONNABORTED$/ }],
  ['EPIPE', { unanswered: false, passing: true, words: /^EPIPE$/ }],
]

describe('what the network does in the middle of work is waited for, and refused at the first contact where nobody is there', () => {
  it.each(CODES)('%s', (code, { unanswered, passing, words }) => {
    const error = coded(code)
    const told = explained(error, 'postgresql://me@db/site') as Error
    expect(told.message).toMatch(words)
    for (const each of [error, told]) expect(isUnanswered(each)).toBe(unanswered)
    expect(isLost(error)).toBe(true)
    expect(isPassing(error, true)).toBe(true)
    expect(isPassing(error)).toBe(passing)
  })

  it.each(['getaddrinfo EAI_AGAIN db', 'getaddrinfo ENOTFOUND db'])('%s, by its words alone', (message) => {
    expect(isLost(new Error(message))).toBe(true)
    expect(isUnanswered(new Error(message))).toBe(true)
  })

  it.each(['57P01', '57P02', '57P03', '57P04', '57P05', '53300', '08000', '08006', '40001', '40P01'])(
    'SQLSTATE %s: the server was there',
    (state) => {
      expect(isLost(coded(state))).toBe(true)
      expect(isUnanswered(coded(state))).toBe(false)
    },
  )

  it.each(['57014', '53100', '53200', '28P01', '3D000', '23505', '42P01', 'ENOENT', 'EACCES'])('%s is none', (code) => {
    expect(isLost(coded(code))).toBe(false)
    expect(isUnanswered(coded(code))).toBe(false)
  })

  it('a queue that is away is none; a name that is none is told as it is', () => {
    const url = 'postgresql://db/queue'
    const told = (code: string) => awayOrAsItIs(explained(coded(code), url), url)
    for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT'])
      expect(told(code)).toMatchObject({ code: 'NO_BROKER' })
    for (const code of ['ENOTFOUND', 'EAI_AGAIN']) expect(told(code)).toMatchObject({ code: 'BAD_INPUT' })
  })
})
