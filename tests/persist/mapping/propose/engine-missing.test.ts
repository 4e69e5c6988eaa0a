import { describe, expect, it } from 'vitest'
import { engineAdvice, withEngines } from '../../../../persist/mapping/propose/site/engine-missing.ts'

/** What Prisma 5.22 and 6.19 said where their engines could not be downloaded. */
const SAID = {
  'the schema engine of 6':
    'Error: request to https://binaries.prisma.sh/all_commits/c2990dca/debian-openssl-3.0.x/schema-engine.gz.sha256 failed, reason: getaddrinfo ENOTFOUND binaries.prisma.sh',
  'the query engine of 5':
    'Environment variables loaded from .env\nError: request to https://binaries.prisma.sh/all_commits/60519735/debian-openssl-3.0.x/libquery_engine.so.node.gz.sha256 failed, reason: getaddrinfo ENOTFOUND binaries.prisma.sh',
  'a proxy':
    'Error: request to https://binaries.prisma.sh/all_commits/c2990dca/debian-openssl-3.0.x/schema-engine.gz.sha256 failed, reason: connect ECONNREFUSED 127.0.0.1:9',
}

describe('where Prisma lacks an engine', () => {
  it.each(Object.entries(SAID))('%s: says which variables to set', (_, said) => {
    const advice = engineAdvice(said, '/usr/bin/node')!
    expect(advice).toContain('set PRISMA_SCHEMA_ENGINE_BINARY, and with Prisma 5 and 6 PRISMA_QUERY_ENGINE_LIBRARY')
    expect(advice).toContain('such as /usr/bin/node. It says: Error: request to')
    expect(advice).not.toContain('\n')
  })

  it('a variable that names nothing is named', () => {
    const said = "Error: Env var PRISMA_QUERY_ENGINE_LIBRARY is provided but provided path /nowhere can't be resolved."
    expect(engineAdvice(said, '/usr/bin/node')).toContain(
      'PRISMA_QUERY_ENGINE_LIBRARY names /nowhere, which is not there',
    )
  })

  it('a schema that is wrong is another matter, whatever its words', () => {
    const wrong =
      'Error: Prisma schema validation - (get-config wasm)\nError code: P1012\nerror: Environment variable not found: ENOTFOUND.\n'
    expect(engineAdvice(wrong, '/usr/bin/node')).toBeNull()
    expect(engineAdvice('TypeError: x is not a function', '/usr/bin/node')).toBeNull()
  })

  it('what the user has set stays, and the rest is filled', () => {
    const set = withEngines({ PRISMA_SCHEMA_ENGINE_BINARY: '/own/engine', HOME: '/home' }, '/usr/bin/node')
    expect(set).toEqual({
      PRISMA_SCHEMA_ENGINE_BINARY: '/own/engine',
      PRISMA_QUERY_ENGINE_LIBRARY: '/usr/bin/node',
      PRISMA_QUERY_ENGINE_BINARY: '/usr/bin/node',
      HOME: '/home',
    })
  })
})
