import { expect, it } from 'vitest'
import { explained, isPassing } from '../../../persist/objects/s3/failure.ts'

const failure = (more: object) => Object.assign(new Error('refused'), more)
const refused = (name: string) => failure({ name, $metadata: { httpStatusCode: 403 } })

it.each([
  ['a host that is not found', failure({ code: 'ENOTFOUND' }), 'STORE_UNREACHABLE'],
  ['a token that expired', refused('ExpiredToken'), 'STORE_FAILED'],
  ['keys that somebody replaced', refused('InvalidAccessKeyId'), 'STORE_FAILED'],
])("%s is the input's fault at first, and none in the middle of work", (_, error, code) => {
  expect(explained(error, 's3://b', false)).toMatchObject({ code: 'BAD_INPUT', cause: error })
  expect(explained(error, 's3://b', true)).toMatchObject({
    code,
    message: expect.stringContaining('try again'),
    cause: error,
  })
})

it("a bucket that lets nobody write stays the input's fault, and a name that was found once is asked for again", () => {
  expect(explained(refused('AccessDenied'), 's3://b', true)).toMatchObject({ code: 'BAD_INPUT' })
  const unknown = failure({ code: 'ENOTFOUND' })
  expect([isPassing(unknown), isPassing(unknown, true)]).toEqual([false, true])
})
