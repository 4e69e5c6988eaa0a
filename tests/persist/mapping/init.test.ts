import { spawn, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initMapping, loadMapping, problemText } from '../../../persist/index.ts'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'mingle-init-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = `datasource db {
  provider = "sqlite"
}

enum Gender {
  MALE
  FEMALE
  OTHER
}

enum SwipeType {
  LIKE
  PASS
}

model User {
  id        String     @id @default(cuid())
  email     String     @unique
  username  String     @unique
  name      String
  birthday  DateTime
  gender    Gender
  avatarUrl String?
  createdAt DateTime   @default(now())
  interests Interest[]
  sent      Wisch[]    @relation("sent")
  got       Wisch[]    @relation("got")
  entries   Zettel[]
  hearts    Heart[]
  seats     Participant[]
  messages  Message[]
}

model Interest {
  id    Int    @id @default(autoincrement())
  name  String @unique
  users User[]
}

/// Nothing in its name says that these are swipes.
model Wisch {
  id        String    @id @default(cuid())
  a         String
  b         String
  type      SwipeType
  createdAt DateTime  @default(now())
  one       User      @relation("sent", fields: [a], references: [id])
  two       User      @relation("got", fields: [b], references: [id])

  @@unique([a, b])
}

/// Nor that these are posts.
model Zettel {
  id        Int      @id @default(autoincrement())
  authorId  String
  text      String
  createdAt DateTime @default(now())
  author    User     @relation(fields: [authorId], references: [id])
  hearts    Heart[]
}

model Heart {
  userId   String
  zettelId Int
  user     User   @relation(fields: [userId], references: [id])
  zettel   Zettel @relation(fields: [zettelId], references: [id])

  @@id([userId, zettelId])
}

model Conversation {
  id           String        @id @default(uuid())
  startedAt    DateTime
  participants Participant[]
  messages     Message[]
}

model Participant {
  conversationId String
  userId         String
  conversation   Conversation @relation(fields: [conversationId], references: [id])
  user           User         @relation(fields: [userId], references: [id])

  @@id([conversationId, userId])
}

model Message {
  id             String       @id @default(uuid())
  conversationId String
  senderId       String
  content        String
  sentAt         DateTime     @default(now())
  conversation   Conversation @relation(fields: [conversationId], references: [id])
  sender         User         @relation(fields: [senderId], references: [id])
}
`

describe('mingle init', () => {
  const project = join(folder, 'project')
  let lines: string[] = []

  beforeAll(async () => {
    mkdirSync(join(project, 'prisma'), { recursive: true })
    writeFileSync(join(project, 'package.json'), '{"type":"module"}')
    writeFileSync(join(project, 'prisma/schema.prisma'), SITE)
    lines = await initMapping({ folder: project })
  }, 60_000)

  it('appends the ledger and the generator to the one file, and says so and what to run', () => {
    expect(lines.join('\n')).toMatch(
      /prisma\/schema\.prisma: appended the generator 'mingle' and the models of Mingle's ledger/,
    )
    expect(lines.join('\n')).toContain('npx prisma migrate dev')
    const text = readFileSync(join(project, 'prisma/schema.prisma'), 'utf8')
    expect(text.startsWith(SITE)).toBe(true)
    expect(text).toContain('model SeedRun {')
    expect(text).toContain('provider = "mingle"')
  })

  it('recognises models by what they refer to where names say nothing', () => {
    const config = readFileSync(join(project, 'mingle.config.ts'), 'utf8')
    for (const line of [
      "user: to('User', {",
      "gender: as('gender', { woman: 'FEMALE', man: 'MALE', nonbinary: 'OTHER' })",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is proposed
      'username: choose((row) => `username-${row.id}`)',
      "user_interest: link('User.interests')",
      "like: to('Wisch', {",
      "action: as('type', { LIKE: 'LIKE', DISLIKE: 'PASS' })",
      "post: to('Zettel', {",
      "liked_post: to('Heart', {",
      "to('Participant', { id: 'conversationId', user_a_id: 'userId' })",
      "message: to('Message', {",
    ]) {
      expect(config).toContain(line)
    }
  })

  it('proposes a mapping in which mingle check finds nothing but its placeholders', async () => {
    // In a project, 'mingle' is installed; here it is the sources.
    const config = join(project, 'mingle.config.ts')
    const text = readFileSync(config, 'utf8').replace(
      "from 'mingle'",
      `from '${join(root, 'persist/mapping/config/config.ts')}'`,
    )
    writeFileSync(config, text)
    const { plan } = await loadMapping(config)
    expect(plan.problems.map(problemText)).toEqual([expect.stringMatching(/^placeholder · User\.username /)])
  })

  it('knows what MySQL keeps of a field that does not say, and whom a message is for', async () => {
    const mysql = join(folder, 'mysql')
    mkdirSync(mysql)
    writeFileSync(join(mysql, 'package.json'), '{"type":"module"}')
    const site = SITE.replace('provider = "sqlite"', 'provider = "mysql"')
      .replace('  senderId       String\n', '  receiverId     String\n  senderId       String\n')
      .replace(
        '  sender         User         @relation(fields: [senderId], references: [id])\n',
        '  sender         User         @relation("out", fields: [senderId], references: [id])\n  receiver       User         @relation("in", fields: [receiverId], references: [id])\n',
      )
      .replace(
        '  messages  Message[]\n}',
        '  written   Message[] @relation("out")\n  received  Message[] @relation("in")\n}',
      )
    writeFileSync(join(mysql, 'schema.prisma'), site)
    await initMapping({ folder: mysql })
    const config = join(mysql, 'mingle.config.ts')
    const text = readFileSync(config, 'utf8')
    for (const line of [
      "sender_id: 'senderId'",
      "recipient_id: 'receiverId'",
      "{ truncate: ['content'] }",
      "{ truncate: ['text'] }",
    ])
      expect(text).toContain(line)
    writeFileSync(config, text.replace("from 'mingle'", `from '${join(root, 'persist/mapping/config/config.ts')}'`))
    const { problems } = (await loadMapping(config)).plan
    expect(problems.map(problemText)).toEqual([expect.stringMatching(/^placeholder · User\.username /)])
  }, 60_000)

  it('refuses to replace a configuration, and to start without a schema', async () => {
    await expect(initMapping({ folder: project })).rejects.toThrow(/--force/)
    const bare = join(folder, 'bare')
    mkdirSync(bare)
    await expect(initMapping({ folder: bare })).rejects.toThrow(/there is no Prisma schema at prisma\/schema\.prisma/)
    writeFileSync(join(bare, 'schema.prisma'), 'datasource db {\n  provider = "mongodb"\n}\n')
    await expect(initMapping({ folder: bare })).rejects.toThrow(/provider is 'mongodb'/)
  })

  it.each([
    ['one file', 'schema.prisma', 'schema.prisma'],
    ['a folder', 'db/site.prisma', 'db'],
  ])(
    'leaves every file as it was where Prisma refuses the schema: %s',
    (what, file, schema) => {
      const broken = join(folder, `broken in ${what}`)
      mkdirSync(join(broken, 'db/mingle'), { recursive: true })
      writeFileSync(join(broken, 'package.json'), '{"type":"module"}')
      // No newline at the end, and bytes that are no text: as they were means every byte.
      const text = Buffer.concat([Buffer.from(`${SITE}// \r\n//`), Buffer.from([0xff, 0xfe])])
      writeFileSync(join(broken, file), `model Broken {\n  id Nothing\n}\n${text.toString('latin1')}`, 'latin1')
      writeFileSync(join(broken, 'mingle.config.ts'), '// mine\n')
      writeFileSync(join(broken, 'db/mingle/mingle.d.ts'), '// mine too\n')
      const state = () =>
        readdirSync(broken, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => [name, statSync(join(broken, name)).isFile() && readFileSync(join(broken, name), 'latin1')])
      const before = state()
      const command = [join(root, 'dist/cli/mingle.js'), 'init', '--force', '--schema', schema]
      const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: broken, encoding: 'utf8' })
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toMatch(/no file was changed\. It says: .*Nothing/)
      expect(state()).toEqual(before)
    },
    60_000,
  )

  it('leaves every file as it was where it is interrupted', async () => {
    const stopped = join(folder, 'stopped')
    mkdirSync(stopped)
    writeFileSync(join(stopped, 'package.json'), '{"type":"module"}')
    const file = join(stopped, 'schema.prisma')
    writeFileSync(file, SITE)
    // A group of its own: Ctrl-C goes to all processes of a terminal's group, so to Prisma too.
    const child = spawn(process.execPath, [join(root, 'dist/cli/mingle.js'), 'init'], { cwd: stopped, detached: true })
    const code = new Promise((resolve) => child.on('close', resolve))
    while (readFileSync(file, 'utf8') === SITE) await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 100))
    process.kill(-child.pid!, 'SIGINT')
    expect(await code).toBe(130)
    expect(readFileSync(file, 'utf8')).toBe(SITE)
    expect(readdirSync(stopped).sort()).toEqual(['package.json', 'schema.prisma'])
  }, 60_000)

  it('puts the ledger into a file of its own where the schema is a folder', async () => {
    const many = join(folder, 'many')
    mkdirSync(join(many, 'db/models'), { recursive: true })
    writeFileSync(join(many, 'package.json'), '{}')
    symlinkSync(join(root, 'node_modules'), join(many, 'node_modules'))
    writeFileSync(
      join(many, 'prisma.config.ts'),
      "import { defineConfig } from 'prisma/config'\nexport default defineConfig({ schema: 'db/models' })\n",
    )
    writeFileSync(join(many, 'db/models/site.prisma'), SITE)
    const said = await initMapping({ folder: many })
    expect(said[0]).toBe("db/models/mingle.prisma: added the generator 'mingle' and the models of Mingle's ledger")
    expect(readFileSync(join(many, 'db/models/site.prisma'), 'utf8')).toBe(SITE)
  }, 60_000)
})
