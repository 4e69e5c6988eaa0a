import { badInput } from '../../sim/kernel/index.ts'
import { redactUrl } from '../secrets.ts'
import { parseDatabaseUrl } from '../url.ts'
import { FolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'

/** A letter alone is a Windows drive. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i

/** Whether a place is a database, and no folder whose name begins so. */
export function isPostgres(where: string): boolean {
  return /^postgres(ql)?:/i.test(where)
}

/**
 * Opens a folder by its path, a bucket by `s3://bucket/prefix?endpoint=…`, or a database by `postgresql://…`.
 * @throws MingleError BAD_INPUT for a URL that is none of these
 */
export async function openObjects(where: string): Promise<ObjectStore> {
  if (/^s3:/i.test(where)) {
    const { S3Store } = await import('./s3/s3-store.ts')
    return S3Store.open(where)
  }
  if (isPostgres(where)) {
    parseDatabaseUrl(where)
    const { PostgresObjects } = await import('./postgres-objects.ts')
    return new PostgresObjects(where)
  }
  if (SCHEME.test(where)) {
    throw badInput(
      `'${redactUrl(where)}' is no place for a plan: expected a folder (plan/), a bucket (s3://bucket/prefix?endpoint=…) or postgresql://host/database#name`,
    )
  }
  return new FolderStore(where)
}
