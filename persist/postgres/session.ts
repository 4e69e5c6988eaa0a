import { quoted } from '../identifiers.ts'

/**
 * Settings of a session by which values are read and written, or long work is ended: a database, a role or PGOPTIONS may have
 * others. `pg_dump` sets much the same.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  client_encoding: 'UTF8',
  // Numbers in as many digits as tell them.
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  // Without it, a list's NULL is a text.
  array_nulls: 'on',
  transform_null_equals: 'off',
  default_transaction_isolation: 'read committed',
  synchronize_seqscans: 'on',
  // A day's rows may take longer than a page of the site.
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  // Whoever waits longer for another session is told so.
  lock_timeout: '60s',
}

/** One statement that makes a session ours; settings that an older server lacks are left out. */
export function sessionSql(schema: string): string {
  const pairs = Object.entries({ ...SETTINGS, search_path: quoted(schema) })
  const values = pairs.map(([name, value]) => `('${name}', '${value.replaceAll("'", "''")}')`)
  return (
    `SELECT set_config(s.name, s.value, false) FROM (VALUES ${values.join(', ')}) s (name, value) ` +
    'WHERE EXISTS (SELECT FROM pg_settings p WHERE lower(p.name) = s.name)'
  )
}
