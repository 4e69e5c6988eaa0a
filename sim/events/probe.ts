/** What made two people's match, and who would write first: waits in waking ms, infinite for who is away. */
export interface MatchMaking {
  /** The pair's own draw, standard normal, and what compatibility (0–1) made of it. */
  readonly luck: number
  readonly compatibility: number
  readonly chemistry: number
  /** Of the person whose like completed the match, of the other, and of the faster of the two after the chemistry. */
  readonly mine: number
  readonly theirs: number
  readonly wait: number
}

/**
 * Looks on while decisions are taken: the handlers tell it, as they decide, what they decide by. It changes nothing and
 * draws nothing. Terms are had from the formulas themselves (`LikeModel.terms`); the state of the site at that
 * moment is what they ask for. Rows are of the market's people, times in ms since the run's start, draws 0 ≤ u < 1.
 */
export interface Probe {
  /** The next profile is shown. @param fromInbox whether as one who liked this person, or as someone new */
  dealt(row: number, candidate: number, fromInbox: boolean, now: number): void
  /** A like or a pass; the session's likes do not count this one yet. @param fromFeed 1 when the profile was opened there */
  decided(row: number, other: number, fromFeed: number, chance: number, draw: number, liked: number, now: number): void
  matched(match: number, making: MatchMaking, now: number): void
  /** Whether to answer the thread's message `number` (counted from 1), the last so far. */
  weighed(match: number, row: number, number: number, chance: number, draw: number, now: number): void
  /** A reply, a farewell or another try will be written then, unless something comes between. @param kind of `Kind` */
  planned(match: number, row: number, kind: number, then: number): void
  /** A message is written. @param number messages before it  @param move of `Move` */
  sent(match: number, row: number, number: number, move: number, now: number): void
  /** A post is shown in the feed. @param attempt tries before this one  @param u the draw that it stands for */
  offered(row: number, post: number, attempt: number, u: number): void
  /** What it did to the reader. @param curiosity chance to open the author's profile, when the post is not liked */
  reacted(row: number, post: number, chance: number, curiosity: number, u: number, now: number): void
}

/** A probe that heeds nothing: for those that are interested in some of it. */
export class IdleProbe implements Probe {
  dealt(_row: number, _candidate: number, _fromInbox: boolean, _now: number): void {}
  decided(
    _row: number,
    _other: number,
    _fromFeed: number,
    _chance: number,
    _draw: number,
    _liked: number,
    _now: number,
  ): void {}
  matched(_match: number, _making: MatchMaking, _now: number): void {}
  weighed(_match: number, _row: number, _number: number, _chance: number, _draw: number, _now: number): void {}
  planned(_match: number, _row: number, _kind: number, _then: number): void {}
  sent(_match: number, _row: number, _number: number, _move: number, _now: number): void {}
  offered(_row: number, _post: number, _attempt: number, _u: number): void {}
  reacted(_row: number, _post: number, _chance: number, _curiosity: number, _u: number, _now: number): void {}
}
