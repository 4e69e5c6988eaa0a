import type { SqlBackend } from '../sql.ts'

/** Why this session writes nothing at all; null when it may. */
export async function readOnly(backend: SqlBackend): Promise<string | null> {
  if (backend.dialect === 'mysql') return mysqlReadOnly(backend)
  const sql = {
    sqlite: 'SELECT query_only FROM pragma_query_only',
    postgresql:
      "SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' THEN 1 ELSE 0 END",
  }[backend.dialect]
  const [row] = await backend.query(sql)
  return Number(row?.[0]) === 1 ? 'the session is read-only (a standby, or default_transaction_read_only is on)' : null
}

async function mysqlReadOnly(backend: SqlBackend): Promise<string | null> {
  const names = "'read_only', 'super_read_only', 'innodb_read_only', 'tx_read_only', 'transaction_read_only'"
  const rows = await backend.query(`SHOW VARIABLES WHERE Variable_name IN (${names})`)
  const on = new Set(rows.filter(([, value]) => !/^(?:OFF|0)$/i.test(String(value))).map(([name]) => String(name)))
  for (const name of ['innodb_read_only', 'super_read_only']) {
    if (on.has(name)) return `the server is read-only (${name} is on)`
  }
  if (on.has('read_only') && !(await isExempt(backend))) return 'the server is read-only (read_only is on)'
  const [session] = [...on].filter((name) => name.startsWith('t'))
  return session === undefined ? null : `the session is read-only (${session} is on)`
}

/** Whether this user may write all the same. Where nobody's rights are looked at, everybody may. */
async function isExempt(backend: SqlBackend): Promise<boolean> {
  const grants = await backend.query('SHOW GRANTS').catch(() => null)
  if (grants === null) return true
  return grants.some(([grant]) =>
    /ALL PRIVILEGES ON \*\.\*|READ_ONLY ADMIN|CONNECTION_ADMIN|\bSUPER\b/i.test(String(grant)),
  )
}
