import { badInput, MingleError } from '../../../sim/kernel/index.ts'
import { isNetworkFault } from '../../network-faults.ts'

/** What the store's client throws, as far as it matters here. */
export interface S3Failure {
  readonly name?: string
  readonly code?: string
  readonly message?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

export function statusOf(error: unknown): number {
  return (error as S3Failure).$metadata?.httpStatusCode ?? 0
}

export function isMissing(error: unknown): boolean {
  const { name } = error as S3Failure
  return name === 'NoSuchKey' || name === 'NotFound' || (statusOf(error) === 404 && name !== 'NoSuchBucket')
}

/**
 * Whether the same request may fare better later: the store was overloaded, or the connection broke.
 * @param reached whether the store has ever done what it was asked: its name was found, then
 */
export function isPassing(error: unknown, reached = false): boolean {
  const { name = '', code = '' } = error as S3Failure
  const status = statusOf(error)
  return (
    (status >= 500 && status !== 501) ||
    status === 429 ||
    status === 408 ||
    [code, name].some((each) => isNetworkFault(each) && (reached || each !== 'ENOTFOUND')) ||
    /^(TimeoutError|RequestTimeout|SlowDown|NetworkingError|NoSuchUpload)$/.test(name) ||
    /socket hang up|aborted/i.test((error as S3Failure).message ?? '')
  )
}

/** Whether the store does not know such a request, or such a condition. */
export function isUnknownRequest(error: unknown): boolean {
  return statusOf(error) === 501 || statusOf(error) === 405 || (error as S3Failure).name === 'NotImplemented'
}

/**
 * What it means to the user; the client's own error is the cause. In the middle of work it is no input's fault that a host is not found any
 * more, or that credentials have lapsed: whoever carries out a task may try again.
 * @param reached as of `isPassing`
 */
export function explained(error: unknown, url: string, reached: boolean): unknown {
  if (error instanceof MingleError) return error
  const { name = '', code = '', message = '' } = error as S3Failure
  return Object.assign(inWords(), { cause: error })

  function inWords(): MingleError {
    if (name === 'CredentialsProviderError') {
      return badInput(`${url}: no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE`)
    }
    if (name === 'NoSuchBucket') return badInput(`${url}: there is no such bucket; create it first`)
    if (code === 'ENOTFOUND' && !reached) return badInput(`${url}: there is no such host; check the endpoint`)
    const refused = /^(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken)$/.test(name)
    if (refused && reached) {
      return new MingleError(
        'STORE_FAILED',
        `${url} refuses the credentials by now (${name}); renew them, and try again`,
      )
    }
    if (refused) {
      return badInput(`${url} refuses the credentials (${name}); check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`)
    }
    if (statusOf(error) === 403) return badInput(`${url}: these credentials may not do that (${name})`)
    if (!reached && statusOf(error) === 0 && isPassing(error)) {
      return new MingleError(
        'NO_STORE',
        `${url} does not answer (${words(name, message)}); is the store running, and the endpoint right?`,
      )
    }
    if (isPassing(error, reached)) {
      return new MingleError(
        'STORE_UNREACHABLE',
        `${url} does not answer as it should (${words(name, message)}); try again later`,
      )
    }
    return new MingleError('STORE_FAILED', `${url} answered ${statusOf(error) || 'nothing'} (${words(name, message)})`)
  }
}

function words(name: string, message: string): string {
  return message === '' || message === 'UnknownError' ? name : message
}
