import type { ColumnKind } from '../../persist/index.ts'

/** What a column is for: a key, something a site could know, something that only the simulation knows, or what to predict. */
export type Role = 'key' | 'feature' | 'truth' | 'label'

/** One column of an exported table. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  readonly role: Role
  readonly unit: string
  readonly what: string
}

function column(name: string, kind: ColumnKind, role: Role, unit: string, what: string): Column {
  return { name, kind, role, unit, what }
}

export const INTERACTIONS = [
  column('viewer', 'int', 'key', 'person number', 'who decided'),
  column('candidate', 'int', 'key', 'person number', 'about whom'),
  column('at', 'time', 'feature', 'UTC', 'when'),
  column('day', 'int', 'feature', 'days', 'day of the run, from 0'),
  column(
    'shown_from',
    'text',
    'feature',
    '',
    'deck: as someone new; inbox: as one who had given a like; feed: by a post',
  ),
  column('likes_in_session', 'int', 'feature', 'likes', 'likes that the viewer had given in the same session before'),
  column('viewer_gender', 'text', 'feature', '', 'woman, man or nonbinary'),
  column('candidate_gender', 'text', 'feature', '', 'the same of the candidate'),
  column('viewer_age', 'int', 'feature', 'years', 'on the first day of the run'),
  column('candidate_age', 'int', 'feature', 'years', 'the same of the candidate'),
  column('km', 'float', 'feature', 'km', 'distance of the two homes'),
  column(
    'quiz_agreement',
    'float',
    'feature',
    '0–1',
    'one less the mean difference of the quiz scores; ½ without answers',
  ),
  column('interest_overlap', 'float', 'feature', '0–1', 'interests in common as a share of the shorter list'),
  column('intent_mismatch', 'int', 'feature', '0 or 1', 'whether the two want things that do not go together'),
  column('age_mismatch', 'int', 'feature', '0 or 1', 'whether they are too far apart in age for most'),
  column('viewer_selectivity', 'float', 'truth', '0–1', 'trait of the viewer, which no site knows'),
  column('candidate_appeal', 'float', 'truth', 'factor', 'how attractive others find the candidate, median 1'),
  column('arm', 'text', 'feature', '', 'arm of the viewer in a test, control without one'),
  column('probability', 'float', 'truth', '0–1', 'the true probability of a like, by which it was drawn'),
  column('liked', 'int', 'label', '0 or 1', 'the decision'),
] as const satisfies readonly Column[]

export const PEOPLE = [
  column('person', 'int', 'key', 'person number', 'who'),
  column(
    'arm',
    'text',
    'feature',
    '',
    'arm in a test, control without one; a function of seed and person number alone',
  ),
  column('joined', 'date', 'feature', '', 'day of the sign-up, before the run or in it'),
  column('gender', 'text', 'feature', '', 'woman, man or nonbinary'),
  column('age', 'int', 'feature', 'years', 'on the first day of the run'),
  column('archetype', 'text', 'truth', '', 'personality archetype'),
  column('flags', 'int', 'truth', 'bits', 'what is unusual about the person, as in seed_people.flags'),
  column('active_days', 'int', 'label', 'days', 'days with a session that ended'),
  column('sessions', 'int', 'label', 'sessions', 'sessions'),
  column('posts', 'int', 'label', 'posts', 'posts written'),
  column('feed_items', 'int', 'label', 'items', 'items of the feed that were read'),
  column('posts_liked', 'int', 'label', 'likes', 'posts liked'),
  column('decisions', 'int', 'label', 'decisions', 'likes and passes given'),
  column('likes', 'int', 'label', 'likes', 'likes given'),
  column('likes_received', 'int', 'label', 'likes', 'likes received'),
  column('matches', 'int', 'label', 'matches', 'matches'),
  column('messages', 'int', 'label', 'messages', 'messages written'),
] as const satisfies readonly Column[]

export const COHORTS = [
  column('cohort', 'date', 'key', '', 'Monday of the week of the sign-up'),
  column('week', 'int', 'key', 'weeks', 'weeks since the sign-up, from 0: seven days each, counted for each person'),
  column('people', 'int', 'label', 'people', 'people of the cohort whose week lies wholly within the days of the run'),
  column('active', 'int', 'label', 'people', 'those of them with a session in that week'),
  column('retention', 'float', 'label', '0–1', 'their share'),
] as const satisfies readonly Column[]

export const CONTENT = [
  column('author', 'int', 'key', 'person number', 'who wrote it'),
  column('nth', 'int', 'key', 'texts', "which of the author's posts, messages or bios, from 1"),
  column('at', 'time', 'feature', 'UTC', 'when'),
  column('text', 'text', 'feature', '', 'what it says'),
  column(
    'label',
    'text',
    'truth',
    '',
    'plain, or what a marked text stands for: spam, scam, contact, harassment, adult',
  ),
  column('author_is', 'text', 'truth', '', 'person, bot or spammer'),
  column('what', 'text', 'key', '', 'bio, post or message'),
] as const satisfies readonly Column[]

/** The tables that can be exported, with what their columns mean. */
export const EXPORTS = {
  interactions: { what: 'every decision on a profile, with its true probability', columns: INTERACTIONS },
  people: { what: 'everybody with their arm and what they did', columns: PEOPLE },
  cohorts: { what: 'retention by week of sign-up', columns: COHORTS },
  content: { what: 'every bio, post and message, with what it stands for', columns: CONTENT },
} as const
export type ExportName = keyof typeof EXPORTS
export const EXPORT_NAMES = Object.keys(EXPORTS) as readonly ExportName[]
