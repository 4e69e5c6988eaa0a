import { badInput } from '../../../sim/kernel/index.ts'
import { redactUrl } from '../../secrets.ts'

/** A bucket, and where in it. */
export interface S3Place {
  readonly bucket: string
  /** Empty, or ends with a slash. */
  readonly prefix: string
  /** Of a store that is not Amazon's. */
  readonly endpoint?: string
  readonly region: string
  /** Whether the bucket stands in the path rather than in the host's name. */
  readonly pathStyle: boolean
}

const PARAMETERS = ['endpoint', 'region', 'pathStyle']
const FORM = 's3://bucket/prefix?endpoint=http://host:9000'

/**
 * Takes `s3://bucket/prefix?endpoint=…&region=…&pathStyle=true|false` apart.
 * @throws MingleError BAD_INPUT when it is none
 */
export function s3Place(url: string): S3Place {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw badInput(`'${redactUrl(url)}' is no bucket: expected ${FORM}`)
  }
  const { hostname: bucket, pathname, searchParams, username, port, hash } = parsed
  if (username !== '' || [...searchParams.keys()].some((name) => /key|secret|token|pass/i.test(name))) {
    throw badInput(
      `'${redactUrl(url)}' holds credentials; give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE`,
    )
  }
  if (parsed.protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,62}$/.test(bucket) || port !== '' || hash !== '') {
    throw badInput(`'${redactUrl(url)}' names no bucket: expected ${FORM}`)
  }
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.includes(name))
  if (unknown !== undefined) {
    throw badInput(`'${redactUrl(url)}' has a parameter '${unknown}': expected ${PARAMETERS.join(', ')}`)
  }
  const endpoint = searchParams.get('endpoint') ?? undefined
  if (endpoint !== undefined && !/^https?:\/\/[^/]/.test(endpoint)) {
    throw badInput(`endpoint=${endpoint} is no address: expected endpoint=http://host:9000 or https://host`)
  }
  const style = searchParams.get('pathStyle') ?? String(endpoint !== undefined)
  if (style !== 'true' && style !== 'false') throw badInput(`pathStyle is true or false, got '${style}'`)
  const path = decoded(pathname, url).replace(/^\/+|\/+$/g, '')
  return {
    bucket,
    prefix: path === '' ? '' : `${path}/`,
    ...(endpoint !== undefined && { endpoint }),
    region: searchParams.get('region') ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1',
    pathStyle: style === 'true',
  }
}

function decoded(path: string, url: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw badInput(`'${redactUrl(url)}' has a % that begins no character; write a % itself as %25: expected ${FORM}`)
  }
}

/** The place as whoever reads a message or a plan sees it. */
export function s3Url({ bucket, prefix, endpoint, region, pathStyle }: S3Place): string {
  const parameters = [
    ...(endpoint === undefined ? [] : [`endpoint=${endpoint}`]),
    ...(region === 'us-east-1' ? [] : [`region=${region}`]),
    ...(pathStyle === (endpoint !== undefined) ? [] : [`pathStyle=${pathStyle}`]),
  ]
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : ''
  return `s3://${bucket}${prefix === '' ? '' : `/${prefix.slice(0, -1)}`}${query}`
}

/** A place below another. */
export function below(url: string, name: string): string {
  const place = s3Place(url)
  return s3Url({ ...place, prefix: `${place.prefix}${name}/` })
}
