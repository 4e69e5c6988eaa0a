/** The part of a Prisma delegate (`prisma.user`, `prisma.post`, …) that writing in batches needs. */
export interface CreateMany<Row> {
  createMany(args: { data: Row[]; skipDuplicates?: boolean }): PromiseLike<{ count: number }>
}

/** The plan's batch sizes, gentle on a hosted database, by table; others take `OTHER_ROWS`. */
export const BATCH_ROWS: Readonly<Record<string, number>> = {
  users: 100,
  profiles: 100,
  profile_media: 200,
  user_interests: 200,
  quiz_answers: 100,
  posts: 100,
  feed_seen: 500,
  liked_posts: 200,
  profile_views: 500,
  likes: 200,
  matches: 50,
  messages: 100,
}
export const OTHER_ROWS = 200
/** Milliseconds between two batches. */
export const PAUSE_MS = 20

/**
 * Inserts rows through `createMany`, batch after batch, with a pause between two.
 *
 * @param table a delegate of a Prisma client, such as `prisma.post`
 * @param rows as the delegate's `createMany` takes them
 * @param batchSize rows per call, at least 1
 * @param pauseMs milliseconds between two calls; 0 for none
 * @returns how many rows were written
 */
export async function insertBatch<Row>(
  table: CreateMany<Row>,
  rows: readonly Row[],
  batchSize: number = OTHER_ROWS,
  pauseMs: number = PAUSE_MS,
): Promise<number> {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new RangeError(`batchSize is at least 1, got ${batchSize}`)
  let written = 0
  for (let from = 0; from < rows.length; from += batchSize) {
    if (from > 0) await pause(pauseMs)
    written += (await table.createMany({ data: rows.slice(from, from + batchSize) })).count
  }
  return written
}

export function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()
}
