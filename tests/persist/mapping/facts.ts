/**
 * Facts read back from the rows of each schema, by SQL written against that schema alone: people are known by their
 * email, posts by author and time, matches by the two people.
 */
export type Fact =
  | 'person'
  | 'picture'
  | 'session'
  | 'post'
  | 'seen'
  | 'liked'
  | 'view'
  | 'like'
  | 'match'
  | 'message'
  | 'interest'

/** Columns named `…_at` are times. */
export const DEFAULT_SQL: Readonly<Record<Fact, string>> = {
  person: `SELECT u.email, p.display_name AS name, substr(p.birthdate, 1, 10) AS born, p.gender, p.latitude, u.created_at AS joined_at
    FROM users u JOIN profiles p ON p.user_id = u.id`,
  picture: 'SELECT u.email, m.position, m.url FROM profile_media m JOIN users u ON u.id = m.user_id',
  interest: `SELECT u.email, i.name FROM user_interests x JOIN users u ON u.id = x.user_id JOIN interests i ON i.id = x.interest_id`,
  session: 'SELECT u.email, s.started_at, s.ended_at FROM sessions s JOIN users u ON u.id = s.user_id',
  post: 'SELECT u.email, p.text, p.created_at FROM posts p JOIN users u ON u.id = p.user_id',
  seen: `SELECT u.email, a.email AS author, p.created_at AS post_at, s.seen_at FROM feed_seen s
    JOIN users u ON u.id = s.user_id JOIN posts p ON p.id = s.post_id JOIN users a ON a.id = p.user_id`,
  liked: `SELECT u.email, a.email AS author, p.created_at AS post_at, s.created_at AS liked_at FROM liked_posts s
    JOIN users u ON u.id = s.user_id JOIN posts p ON p.id = s.post_id JOIN users a ON a.id = p.user_id`,
  view: `SELECT u.email, v.email AS viewed, p.created_at AS post_at, s.viewed_at FROM profile_views s
    JOIN users u ON u.id = s.viewer_id JOIN users v ON v.id = s.viewed_id LEFT JOIN posts p ON p.id = s.source_post_id`,
  like: `SELECT u.email, v.email AS other, l.action, l.created_at FROM likes l
    JOIN users u ON u.id = l.from_user_id JOIN users v ON v.id = l.to_user_id`,
  match: `SELECT min(u.email, v.email) AS one, max(u.email, v.email) AS other, m.created_at FROM matches m
    JOIN users u ON u.id = m.user_a_id JOIN users v ON v.id = m.user_b_id`,
  message: `SELECT min(u.email, v.email) AS one, max(u.email, v.email) AS other, s.email AS sender, trim(x.body) AS body, x.sent_at
    FROM messages x JOIN matches m ON m.id = x.match_id JOIN users s ON s.id = x.sender_id
    JOIN users u ON u.id = m.user_a_id JOIN users v ON v.id = m.user_b_id`,
}

export const SNAKE_SQL: Readonly<Partial<Record<Fact, string>>> = {
  person: `SELECT a.e_mail AS email, a.nick_name AS name, substr(a.born_on, 1, 10) AS born,
    CASE s.code WHEN 'female' THEN 'woman' WHEN 'male' THEN 'man' ELSE 'nonbinary' END AS gender, a.lat AS latitude, a.joined_at
    FROM accounts a JOIN sexes s ON s.id = a.sex`,
  picture:
    'SELECT a.e_mail AS email, p.rank AS position, p.src AS url FROM photos p JOIN accounts a ON a.account_no = p.owner',
  interest: `SELECT a.e_mail AS email, t.label AS name FROM "_accountTotag" x JOIN accounts a ON a.account_no = x."A" JOIN tags t ON t.tag_no = x."B"`,
  post: 'SELECT a.e_mail AS email, n.words AS text, n.written_at AS created_at FROM notes n JOIN accounts a ON a.account_no = n.author',
  seen: `SELECT a.e_mail AS email, b.e_mail AS author, n.written_at AS post_at, l.looked_at AS seen_at FROM looks l
    JOIN accounts a ON a.account_no = l.account JOIN notes n ON n.note_no = l.note JOIN accounts b ON b.account_no = n.author
    WHERE l.kind = 'note'`,
  liked: `SELECT a.e_mail AS email, b.e_mail AS author, n.written_at AS post_at, l.clapped_at AS liked_at FROM applause l
    JOIN accounts a ON a.account_no = l.account JOIN notes n ON n.note_no = l.note JOIN accounts b ON b.account_no = n.author`,
  view: `SELECT a.e_mail AS email, b.e_mail AS viewed, n.written_at AS post_at, l.looked_at AS viewed_at FROM looks l
    JOIN accounts a ON a.account_no = l.account JOIN accounts b ON b.account_no = l.page_of
    LEFT JOIN notes n ON n.note_no = l.note WHERE l.kind = 'page'`,
  like: `SELECT a.e_mail AS email, b.e_mail AS other, CASE s.is_right WHEN 1 THEN 'LIKE' ELSE 'DISLIKE' END AS action,
    s.swiped_at AS created_at FROM swipes s JOIN accounts a ON a.account_no = s.swiper JOIN accounts b ON b.account_no = s.swiped`,
  match: `SELECT min(a.e_mail) AS one, max(a.e_mail) AS other, c.started_at AS created_at FROM conversations c
    JOIN seats s ON s.conversation = c.conversation_no JOIN accounts a ON a.account_no = s.account GROUP BY c.conversation_no`,
  message: `SELECT (SELECT min(e_mail) FROM seats JOIN accounts ON account_no = account WHERE conversation = l.conversation) AS one,
    (SELECT max(e_mail) FROM seats JOIN accounts ON account_no = account WHERE conversation = l.conversation) AS other,
    a.e_mail AS sender, trim(l.words) AS body, l.said_at AS sent_at FROM "lines" l JOIN accounts a ON a.account_no = l.author`,
}

/** The same likes, out of the rows into which two of them fold. */
export const SNAKE_PAIRS_SQL = `SELECT a.e_mail AS email, b.e_mail AS other, CASE p.low_says WHEN 'yes' THEN 'LIKE' ELSE 'DISLIKE' END AS action,
    p.low_said_at AS created_at FROM pairs p JOIN accounts a ON a.account_no = p.low JOIN accounts b ON b.account_no = p.high
    WHERE p.low_says IS NOT NULL
  UNION ALL SELECT a.e_mail, b.e_mail, CASE p.high_says WHEN 'yes' THEN 'LIKE' ELSE 'DISLIKE' END, p.high_said_at
    FROM pairs p JOIN accounts a ON a.account_no = p.high JOIN accounts b ON b.account_no = p.low WHERE p.high_says IS NOT NULL`

const CHAT = `(SELECT s."chatId" AS id, min(u.email) AS one, max(u.email) AS other FROM activity."Seat" s
  JOIN people."User" u ON u.id = s."userId" GROUP BY s."chatId")`

export const SWIPES_SQL: Readonly<Partial<Record<Fact, string>>> = {
  person: `SELECT u.email, p.name, p.born, CASE p.sex WHEN 'FEMALE' THEN 'woman' WHEN 'MALE' THEN 'man' ELSE 'nonbinary' END AS gender,
    l.lat AS latitude, to_char(u."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS joined_at
    FROM people."User" u JOIN people.profile p ON p."userId" = u.id JOIN people."Location" l ON l."profileId" = p.id`,
  picture: `SELECT u.email, x.position, x.url FROM people."Picture" x JOIN people.profile p ON p.id = x."profileId"
    JOIN people."User" u ON u.id = p."userId"`,
  interest: `SELECT u.email, h.name FROM people."UserHobby" x JOIN people."User" u ON u.id = x."userId" JOIN people."Hobby" h ON h.id = x."hobbyId"`,
  session: `SELECT u.email, v."begin" AS started_at, v."end" AS ended_at FROM activity.visits v JOIN people."User" u ON u.id = v."userId"`,
  post: `SELECT u.email, p.body AS text, p."createdAt" AS created_at FROM activity."Post" p JOIN people."User" u ON u.id = p."authorId"`,
  seen: `SELECT u.email, a.email AS author, p."createdAt" AS post_at, r.at AS seen_at FROM activity."Reaction" r JOIN people."User" u ON u.id = r.who
    JOIN activity."Post" p ON p.id = r."postId" JOIN people."User" a ON a.id = p."authorId" WHERE r.what = 'seen'`,
  liked: `SELECT u.email, a.email AS author, p."createdAt" AS post_at, r.at AS liked_at FROM activity."Reaction" r JOIN people."User" u ON u.id = r.who
    JOIN activity."Post" p ON p.id = r."postId" JOIN people."User" a ON a.id = p."authorId" WHERE r.what = 'liked'`,
  like: `SELECT u.email, v.email AS other, CASE s.direction WHEN 'RIGHT' THEN 'LIKE' ELSE 'DISLIKE' END AS action, s.happened AS created_at
    FROM activity."Swipe" s JOIN people."User" u ON u.id = s."fromId" JOIN people."User" v ON v.id = s."toId"`,
  match: `SELECT x.one, x.other, c."openedAt" AS created_at FROM activity."Chat" c JOIN ${CHAT} x ON x.id = c.id`,
  message: `SELECT x.one, x.other, u.email AS sender, m.text AS body, m."sentAt" AS sent_at FROM activity."Message" m
    JOIN ${CHAT} x ON x.id = m."chatId" JOIN people."User" u ON u.id = m."authorId"`,
}

/** Matches, out of the rows that likes opened. */
export const SWIPES_BONDS_SQL = `SELECT least(u.email, v.email) AS one, greatest(u.email, v.email) AS other, b."matchedAt" AS created_at
  FROM activity."Bond" b JOIN people."User" u ON u.id = b."lowId" JOIN people."User" v ON v.id = b."highId" WHERE b."matchedAt" IS NOT NULL`

/** The same in the words of another database. @param schema whose SQL it is */
export function inWords(database: 'sqlite' | 'postgresql' | 'mysql', schema: string, sql: string): string {
  let text = sql
  if (schema !== 'swipes' && database !== 'sqlite') {
    // SQLite's min and max of two values.
    text = text
      .replaceAll(/min\((u\.email, v\.email)\)/g, 'least($1)')
      .replaceAll(/max\((u\.email, v\.email)\)/g, 'greatest($1)')
    if (database === 'postgresql') {
      text = text
        .replaceAll(/substr\(([\w.]+), 1, 10\)/g, 'substr($1::text, 1, 10)')
        .replaceAll('s.is_right WHEN 1', 's.is_right WHEN true')
    }
  }
  if (schema === 'swipes' && database !== 'postgresql') {
    text = text.replaceAll(/\b(people|activity)\./g, '').replaceAll(/to_char\(([\w."]+) AT[^)]*\)/g, '$1')
    if (database === 'sqlite') {
      text = text
        .replaceAll('p.born,', 'substr(p.born, 1, 10) AS born,')
        .replaceAll('least(', 'min(')
        .replaceAll('greatest(', 'max(')
    }
  }
  if (database !== 'mysql') return text
  // TIMESTAMPs are shown in the session's time zone.
  const stamps = schema === 'default' ? /(?!)/ : /\ba\.joined_at|u\."createdAt"(?= AS joined_at)/
  return text
    .replace(stamps, "convert_tz($&, @@session.time_zone, '+00:00') AS joined_at")
    .replace('AS joined_at AS', 'AS')
    .replaceAll('"', '`')
}

/** Rows as sorted lines: times in ms, numbers as JavaScript spells them. */
export function lines(rows: readonly Record<string, unknown>[]): string[] {
  return rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) =>
          name.endsWith('_at') && value !== null ? String(time(String(value))) : spelled(name, value),
        )
        .join(' | '),
    )
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function spelled(name: string, value: unknown): string {
  return name === 'latitude' ? Number(value).toFixed(4) : String(value)
}

function time(text: string): number {
  const iso = text.replace(' ', 'T')
  return Date.parse(/[+Z]/.test(iso) ? iso : `${iso}Z`)
}

/** Who liked first, and whether it became a match: what a row keeps from its first like, and what the match writes over. */
export const BONDS_SQL = `SELECT count(*) AS n, sum(CASE WHEN (status = 'matched') = ("matchedAt" IS NOT NULL) THEN 0 ELSE 1 END) AS wrong_status,
  sum(CASE WHEN initiator = CASE WHEN "highAt" IS NULL OR "lowAt" < "highAt" THEN "lowId" ELSE "highId" END THEN 0 ELSE 1 END) AS wrong_initiator
  FROM activity."Bond"`
