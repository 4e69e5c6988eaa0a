import { SEED_JOBS } from '../persist/index.ts'
import type { JobDatabase } from './database/database.ts'

/** Notes a moment as of which something computes, in epoch ms; it may be noted already, by another process too. */
export async function noteMoment(database: JobDatabase, job: string, asOf: number): Promise<void> {
  const row = { shape: SEED_JOBS, rows: 1, columns: { job: [job], as_of: Float64Array.of(asOf) } }
  await database.transaction(() => database.backend.insertMissing(row))
}
