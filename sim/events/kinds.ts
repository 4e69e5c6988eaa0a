/**
 * The event kinds: what can happen, as the code that the event list carries with (agent, a, b). The agent is a row of
 * the market. See each kind's own file for what it does and schedules.
 */
export const Kind = {
  /** A regular session begins. */
  sessionStart: 0,
  /** The person does the next thing of the session: looks at a feed item, at a profile, or ends it. */
  step: 1,
  /** Likes post a. */
  likePost: 2,
  /** Opens the profile of the author of post a. */
  openProfile: 3,
  /** Decides on person a; b is 1 when the profile was opened from the feed. */
  decide: 4,
  /** Writes a post. */
  post: 5,
  sessionEnd: 6,
  /** Person and a like each other. */
  match: 7,
  /** Writes the first message of match a. */
  open: 8,
  /** Answers in match a; b is the number of messages so far. */
  reply: 9,
  /** Writes again in match a, unanswered; b is the number of messages so far. */
  followUp: 10,
  /** Drifts off, returns or leaves. */
  lifecycle: 11,
  /** Leaves the site with the partner of match a. */
  leaveTogether: 12,
  /** Signs up. */
  arrival: 13,
  /** Says goodbye in match a; b is the number of messages so far. */
  farewell: 14,
} as const

/** Events at the same millisecond: lower first. Nothing but sign-ups needs to come before the rest. */
export const Priority = { first: 0, usual: 1 } as const
