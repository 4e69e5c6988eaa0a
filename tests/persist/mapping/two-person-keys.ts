import Database from 'libsql'
import { ledgerModels, type MingleConfig, openStore, type Plan, planMapping, to } from '../../../persist/index.ts'
import { migrationSql } from '../../../persist/migrate/make.ts'
import { schema } from './schema-text.ts'

/** A site whose swipes have two people for their key, and constants that it may change later. */
export const SITE = schema(
  {
    Member: { id: 'Int id auto', email: 'String unique', referral: 'String?' },
    MemberSwipe: { by_id: 'Int >Member.id', on_id: 'Int >Member.id', via: 'String', at: 'DateTime' },
    Article: { id: 'String id uuid', author: 'Int >Member.id', words: 'String', state: 'String' },
  },
  { keys: { MemberSwipe: ['by_id', 'on_id'] } },
)

export const MAP: MingleConfig['map'] = {
  user: to('Member', { id: 'id', email: 'email' }, { set: { referral: 'simulated' } }),
  like: to('MemberSwipe', { from_user_id: 'by_id', to_user_id: 'on_id', created_at: 'at' }, { set: { via: 'app' } }),
  post: to('Article', { user_id: 'author', text: 'words' }, { set: { state: 'public' } }),
}

export const planOf = (map: MingleConfig['map']): Plan => planMapping({ schema: '.', map }, SITE)

const MODELS = `datasource db {\n provider = "sqlite"\n}
model Member {\n id Int @id @default(autoincrement())\n email String @unique\n referral String?\n by MemberSwipe[] @relation("by")\n on MemberSwipe[] @relation("on")\n articles Article[]\n}
model MemberSwipe {\n by_id Int\n on_id Int\n via String\n at DateTime\n by Member @relation("by", fields: [by_id], references: [id])\n on Member @relation("on", fields: [on_id], references: [id])\n @@id([by_id, on_id])\n}
model Article {\n id String @id @default(uuid())\n author Int\n words String\n state String\n member Member @relation(fields: [author], references: [id])\n}
${ledgerModels('sqlite')}`

export async function prepareTwoPersonKeys(file: string): Promise<void> {
  const db = new Database(file)
  db.exec(await migrationSql('sqlite', null, MODELS))
  db.close()
}

export const bulk = (file: string, mapping: Plan) => openStore(`file:${file}`, { mapping })
export const gently = (file: string, mapping: Plan) =>
  openStore(`file:${file}`, { mapping, writer: 'prisma', batchSize: 20, pauseMs: 0 })

export function inside<T>(file: string, work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

export function dump(file: string): Record<string, unknown[]> {
  return inside(file, (db) =>
    Object.fromEntries(
      ['Member', 'MemberSwipe', 'Article'].map((table) => [
        table,
        db.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).raw().all(),
      ]),
    ),
  )
}
