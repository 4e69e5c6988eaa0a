import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../persist/database/backend.ts'
import { createOwnTables, type OwnTable } from '../../../persist/own/index.ts'

const BLOCKS: OwnTable = {
  kind: 'block',
  table: 'blocks',
  columns: { user_id: { person: 'k' }, blocked_id: { person: 'other' }, reason: { number: 'why' } },
  unique: [['user_id', 'blocked_id']],
}

/** A database of its own, and whether statements of a kind are cut off. */
function place(cutOff = /$^/) {
  const db = new Database(':memory:')
  const backend = {
    dialect: 'sqlite',
    url: 'here',
    query: async (sql: string) => db.prepare(sql).raw().all() as unknown as unknown[][],
    execute: async (sql: string) => {
      if (cutOff.test(sql)) throw new Error('cut off')
      db.exec(sql)
    },
  }
  const names = () =>
    (
      db.prepare("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1").raw().all() as unknown as [string][]
    ).flat()
  const whole = { ...backend, execute: async (sql: string) => void db.exec(sql) }
  return { db, backend: backend as unknown as Backend, whole: whole as unknown as Backend, names }
}

const ALL = ['blocks_blocked_id_idx', 'blocks_user_id_blocked_id_key', 'blocks_user_id_idx']

describe("an extension's tables", () => {
  it('get the indexes that another left out who was cut off, one by one', async () => {
    const { backend, names } = place()
    await createOwnTables(backend, [BLOCKS])
    expect(names()).toEqual(ALL)
    await createOwnTables(backend, [BLOCKS])
    const cut = place(/UNIQUE|blocked_id_idx/)
    await expect(createOwnTables(cut.backend, [BLOCKS])).rejects.toThrow('cut off')
    expect(cut.names()).toEqual(['blocks_user_id_idx'])
    await createOwnTables(cut.whole, [BLOCKS])
    expect(cut.names()).toEqual(ALL)
  })

  it('with rows are left as they are, and refused where they lack a unique', async () => {
    const { db, backend, names } = place()
    db.exec(
      'CREATE TABLE blocks (id INTEGER PRIMARY KEY, user_id, blocked_id, reason); INSERT INTO blocks VALUES (1, 1, 1, 1)',
    )
    await expect(createOwnTables(backend, [BLOCKS])).rejects.toThrow(
      'table blocks is there and has no unique on (user_id, blocked_id)',
    )
    expect(names()).toEqual([])
    db.exec('CREATE UNIQUE INDEX mine ON blocks (Blocked_id, user_id)')
    await createOwnTables(backend, [BLOCKS])
    expect(names()).toEqual(['mine'])
  })

  it('of the site, without rows too, and views are left as they are', async () => {
    const { db, backend, names } = place()
    db.exec(
      'CREATE TABLE blocks (id INTEGER PRIMARY KEY, user_id, blocked_id, reason); CREATE INDEX mine ON blocks (id)',
    )
    await expect(createOwnTables(backend, [BLOCKS])).rejects.toThrow('has no unique on (user_id, blocked_id)')
    db.exec('CREATE UNIQUE INDEX blocks_user_id_blocked_id_key ON blocks (user_id, blocked_id); DROP INDEX mine')
    await createOwnTables(backend, [BLOCKS])
    expect(names()).toEqual(['blocks_user_id_blocked_id_key'])
    db.exec('ALTER TABLE blocks RENAME TO all_blocks; CREATE VIEW blocks AS SELECT * FROM all_blocks')
    await createOwnTables(backend, [BLOCKS])
    expect(names()).toEqual(['blocks_user_id_blocked_id_key'])
  })

  it('may be made by another process at the same time', async () => {
    const { db, backend, names } = place()
    const statements = backend as unknown as { execute: (sql: string) => Promise<void> }
    const late = {
      ...backend,
      execute: async (sql: string) => {
        db.exec(sql)
        await statements.execute(sql)
      },
    }
    await createOwnTables(late as unknown as Backend, [BLOCKS])
    expect(names()).toEqual(ALL)
  })

  it('have indexes of different names, however long these are', async () => {
    const { backend, names } = place()
    const long = 'a_column_of_so_many_letters_that_its_index_is_cut'.slice(0, 46)
    const columns = { [`${long}_1`]: { person: 'k' }, [`${long}_2`]: { person: 'other' } }
    const table = 'a_table_that_has_a_long_name_itself'
    const unique = [Object.keys(columns), [`${long}_1`]]
    await createOwnTables(backend, [{ kind: 'long', table, columns, unique }])
    expect(names()).toHaveLength(4)
    for (const name of names()) expect(name).toHaveLength(63)
  })
})
