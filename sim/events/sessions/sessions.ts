import { type People, wider } from '../../agents/index.ts'

/** What a session is: none, a regular one, or one that a message opened. */
export const Mode = { offline: 0, regular: 1, notified: 2 } as const

/** The state of each person's use of the site, by column: at most one session at a time. */
export class Sessions {
  mode = new Uint8Array(0)
  /** Number of regular sessions so far: the key of the current one's draws. */
  ordinal = new Int32Array(0)
  startedAt = new Float64Array(0)
  /** Steps taken in the current session, and how many it will have. */
  step = new Int32Array(0)
  steps = new Int32Array(0)
  /** Likes given in the current session. */
  likes = new Uint16Array(0)
  /** The step before which a post is written, −1 for none. */
  postAt = new Int32Array(0)
  /** Posts written in the current session. */
  posts = new Uint8Array(0)
  /** Handle of the next regular session's start, and of the end of the current session; 0 for none. */
  next = new Float64Array(0)
  end = new Float64Array(0)
  /** How dry the pool of new faces has run, 0 (fresh) to 255. */
  dryness = new Uint8Array(0)
  /** Topic of the last post, plus one; 0 for none. */
  lastTopic = new Uint8Array(0)

  admit(people: People): void {
    const rows = people.k.length
    if (rows === this.mode.length) return
    this.mode = wider(this.mode, rows)
    this.ordinal = wider(this.ordinal, rows)
    this.startedAt = wider(this.startedAt, rows)
    this.step = wider(this.step, rows)
    this.steps = wider(this.steps, rows)
    this.likes = wider(this.likes, rows)
    this.postAt = wider(this.postAt, rows)
    this.posts = wider(this.posts, rows)
    this.next = wider(this.next, rows)
    this.end = wider(this.end, rows)
    this.dryness = wider(this.dryness, rows)
    this.lastTopic = wider(this.lastTopic, rows)
  }
}
