import { badInput } from '../sim/kernel/index.ts'
import { redactUrl } from './url.ts'
import { type Client, connect } from './validate/open.ts'

/** What a developer of the site has at hand, turned into rows of the reference schema. */

/**
 * The row id of the user with this email.
 * @throws MingleError BAD_INPUT when there is none
 */
export async function userOfEmail(url: string, email: string): Promise<number> {
  return reading(url, async (client, value) => {
    const [row] = await client.$queryRawUnsafe<{ id: number | bigint }[]>(
      `SELECT id FROM users WHERE email = ${value(1)}`,
      email,
    )
    if (row === undefined) throw badInput(`no user in ${redactUrl(url)} has the email ${email}`)
    return Number(row.id)
  })
}

/**
 * Who wrote a post, and as which of the author's posts, counted from 1.
 * @throws MingleError BAD_INPUT when there is no such row
 */
export async function postOfRow(url: string, id: number): Promise<{ readonly userId: number; readonly nth: number }> {
  return reading(url, async (client, value) => {
    const rows = await client.$queryRawUnsafe<{ user_id: number | bigint; nth: number | bigint }[]>(
      `SELECT p.user_id, (SELECT count(*) FROM posts q WHERE q.user_id = p.user_id AND q.id <= p.id) AS nth
       FROM posts p WHERE p.id = ${value(1)}`,
      id,
    )
    const row = rows[0]
    if (row === undefined) throw badInput(`there is no post with the id ${id} in ${redactUrl(url)}`)
    return { userId: Number(row.user_id), nth: Number(row.nth) }
  })
}

async function reading<T>(
  url: string,
  read: (client: Client, value: (position: number) => string) => Promise<T>,
): Promise<T> {
  const { client, provider } = await connect(url)
  try {
    return await read(client, provider === 'postgresql' ? (position) => `$${position}` : () => '?')
  } finally {
    await client.$disconnect()
  }
}
