/** What a user does after `init` on a site of the fixtures, and rows that the site has. */
export interface Site {
  readonly name: string
  readonly database: 'sqlite' | 'postgresql' | 'mysql'
  /** What is written in place of what the proposal says, line for line. */
  readonly edits: readonly (readonly [proposed: string, written: string])[]
  readonly rows: readonly string[]
  /** What the database must have before its tables are made. */
  readonly before?: readonly string[]
  /** A question that is answered with 0 rows. */
  readonly nothing: readonly string[]
  /** A question that is answered with some rows. */
  readonly something: readonly string[]
}

const INTEGER_TIMES = [
  "INSERT INTO Account (login, hash, createdAt) VALUES ('site@own.example', 'x', 1700000000000)",
  "INSERT INTO Person (accountId, displayName, age, sex, bornOn) VALUES (1, 'Own', 30, 'woman', 631152000000)",
]

export const SITES: readonly Site[] = [
  {
    name: 'tenants',
    database: 'postgresql',
    edits: [['choose(0)', '2']],
    rows: [
      "INSERT INTO tenants (slug, title) VALUES ('one', 'One'), ('two', 'Two')",
      "INSERT INTO members (tenant_id, email, password_digest, nick, born, sex, updated_at) VALUES (1, 'own@one.example', 'x', 'Own', '1990-01-01', 'F', now())",
    ],
    nothing: [
      'SELECT 1 FROM letters l JOIN pairs p ON p.tenant_id = l.tenant_id AND p.id = l.pair_id WHERE l.author_id NOT IN (p.a_id, p.b_id)',
      'SELECT 1 FROM posts WHERE tenant_id <> 2 OR pinned_by_id IS NOT NULL',
      "SELECT 1 FROM pairs WHERE state <> 'OPEN'",
      'SELECT 1 FROM post_views v JOIN posts p ON p.tenant_id = v.tenant_id AND p.id = v.post_id WHERE v.member_id = p.author_id',
      'SELECT 1 FROM reports',
    ],
    something: ['SELECT 1 FROM verdicts', 'SELECT 1 FROM cheers', 'SELECT 1 FROM photos', 'SELECT 1 FROM letters'],
  },
  {
    name: 'rooms',
    database: 'sqlite',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is proposed
    edits: [['choose((row) => `username-${row.id}`)', '(row) => `user-${row.id}`']],
    rows: ["INSERT INTO Hobby (title) VALUES ('hiking')"],
    nothing: [
      'SELECT chatId FROM ChatParticipant GROUP BY chatId HAVING count(*) <> 2',
      'SELECT 1 FROM ChatMessage m WHERE NOT EXISTS (SELECT 1 FROM ChatParticipant p WHERE p.chatId = m.chatId AND p.userId = m.senderId)',
      'SELECT 1 FROM Follow f WHERE NOT EXISTS (SELECT 1 FROM CheckedUsers c WHERE c.userId = f.followerId AND c.checkedId = f.followedId)',
      ...['Session', 'Account', 'Comment', 'Repost', 'Notification'].map((table) => `SELECT 1 FROM "${table}"`),
    ],
    something: [
      'SELECT 1 FROM CheckedUsers c WHERE NOT EXISTS (SELECT 1 FROM Follow f WHERE c.userId = f.followerId AND c.checkedId = f.followedId)',
      'SELECT 1 FROM "_HobbyToProfile"',
      'SELECT 1 FROM PostLike',
    ],
  },
  {
    name: 'survey',
    database: 'postgresql',
    edits: [],
    rows: [
      `INSERT INTO "Subject" (name) VALUES ('site''s own')`,
      `INSERT INTO "Interest" ("subjectId", key) VALUES (1, 'hiking')`,
      `INSERT INTO "Questionnaire" (slug, title) VALUES ('own', 'Own')`,
      `INSERT INTO "Question" ("quizId", text, "order") VALUES (1, 'Why?', 0)`,
    ],
    nothing: [
      'SELECT 1 FROM "Response" r JOIN "AnswerOption" o ON o.id = r."optionId" WHERE o."questionId" <> r."questionId"',
      'SELECT 1 FROM "UserInterest" u JOIN "Interest" i ON i.id = u."interestId" WHERE i."subjectId" <> u."subjectId"',
      `SELECT 1 FROM "Match" WHERE status <> 'ACTIVE'`,
      'SELECT 1 FROM "DirectMessage" WHERE "senderId" = "receiverId"',
      'SELECT 1 FROM "Person" WHERE "lookingFor" IS NULL',
    ],
    something: [
      'SELECT 1 FROM "Response"',
      'SELECT 1 FROM "Like" WHERE "isLike"',
      'SELECT 1 FROM "Like" WHERE NOT "isLike"',
      'SELECT 1 FROM "DirectMessage"',
      'SELECT 1 FROM "ProfileVisit"',
    ],
  },
  {
    name: 'album-mysql',
    database: 'mysql',
    edits: [],
    rows: [
      "INSERT INTO users (email, password, full_name, sex, dob, updated_at) VALUES ('own@site.example', 'x', 'Own', 'female', '1990-01-01', now())",
    ],
    nothing: [
      'SELECT 1 FROM post_pictures p JOIN posts o ON o.id = p.post_id WHERE p.owner_id <> o.user_id',
      'SELECT 1 FROM posts WHERE moderator_id IS NOT NULL',
      'SELECT 1 FROM post_comments',
      'SELECT 1 FROM blocks',
    ],
    something: [
      'SELECT 1 FROM pictures',
      "SELECT 1 FROM swipes WHERE direction = 'right'",
      'SELECT 1 FROM messages',
      'SELECT 1 FROM post_pictures',
    ],
  },
  {
    name: 'integer-times',
    database: 'sqlite',
    edits: [],
    rows: INTEGER_TIMES,
    nothing: [
      "SELECT 1 FROM Line WHERE typeof(saidAt) <> 'integer'",
      "SELECT 1 FROM Account WHERE typeof(createdAt) <> 'integer'",
      'SELECT 1 FROM Visit WHERE endMs <= startMs',
      'SELECT 1 FROM Person WHERE age < 17',
    ],
    something: ['SELECT 1 FROM Vote WHERE yes', 'SELECT 1 FROM View', 'SELECT 1 FROM Visit', 'SELECT 1 FROM Line'],
  },
  {
    name: 'event',
    database: 'postgresql',
    before: ['CREATE EXTENSION citext'],
    edits: [
      ["choose('MEET')", "'MEET'"],
      ["choose('US')", "'US'"],
    ],
    rows: [
      "INSERT INTO identity.attendees (id, email, full_name, gender, born, country) VALUES ('00000000-0000-4000-8000-000000000001', 'Own@event.example', 'Own', 'f', '1990-01-01', 'US')",
    ],
    nothing: [
      'SELECT 1 FROM identity.badge_cards WHERE about IS NULL OR photo_urls IS NULL',
      'SELECT 1 FROM meetings.chat_notes n JOIN meetings.meetings m ON m.id = n.meeting_id WHERE n.writer_id NOT IN (m.a_id, m.b_id)',
      'SELECT 1 FROM meetings.meetings WHERE cancelled',
      'SELECT 1 FROM meetings.card_views WHERE viewer_id = seen_id',
    ],
    something: [
      "SELECT 1 FROM identity.badge_cards WHERE about = ''",
      "SELECT 1 FROM meetings.decisions WHERE verdict = 'MEET'",
      "SELECT 1 FROM meetings.decisions WHERE verdict = 'SKIP'",
      'SELECT 1 FROM meetings.chat_notes',
    ],
  },
  {
    name: 'unsigned-mysql',
    database: 'mysql',
    edits: [["choose('')", "'127.0.0.1'"]],
    rows: [
      "INSERT INTO members (public_id, email, password_hash, nickname, sex, birthday, latitude, longitude, updated_at) VALUES (uuid(), 'own@site.example', 'x', 'Own', 'female', '1990-01-01', 1, 1, now())",
    ],
    nothing: [
      'SELECT 1 FROM messages m JOIN matches p ON p.id = m.match_id WHERE m.sender_id NOT IN (p.a_id, p.b_id)',
      'SELECT 1 FROM members WHERE deleted_at IS NOT NULL',
      'SELECT 1 FROM logins WHERE logout_at < login_at',
    ],
    something: [
      "SELECT 1 FROM likes WHERE kind = 'pass'",
      'SELECT 1 FROM messages',
      'SELECT 1 FROM photos',
      'SELECT 1 FROM visits',
    ],
  },
]
