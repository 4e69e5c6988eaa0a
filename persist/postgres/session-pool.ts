import type pg from 'pg'

/**
 * A pool of sessions for a package that keeps tables of its own in a schema. The driver is loaded with the first.
 *
 * @param most connections
 * @throws MingleError BAD_INPUT when the server refuses, or is a pooler of transactions; CONNECTION_LOST when it cannot be reached
 */
export async function sessionPool(url: string, schema: string, most: number): Promise<pg.Pool> {
  const { connect, poolOf, refuseHiddenPooler } = await import('./connection.ts')
  const { settledUrl } = await import('./tls.ts')
  const settled = await settledUrl(url)
  await refuseHiddenPooler(settled)
  // The first one says in words what is wrong.
  await (await connect(settled)).end()
  return poolOf(settled, { max: most }, schema)
}
