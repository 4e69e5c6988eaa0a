/** How a parameter's values are stepped through: by adding, or by multiplying. */
export type Scale = 'linear' | 'log'

/** What values of one kind have in common: their unit, the ends that a run accepts, and how they are stepped through. */
export interface Kind {
  readonly unit: string
  /** Least and greatest value that a run accepts, both included. The ends are chosen: beyond them a run makes no sense, or no end. */
  readonly least: number
  readonly most: number
  readonly scale: Scale
  /** Only whole numbers. */
  readonly whole?: true
}

/** One parameter as the tree has it. */
export interface Leaf extends Kind {
  readonly default: number
  /** Ends between which it is worth trying: of sliders, sweeps, screening and tuning. Inside `least` and `most`. */
  readonly low: number
  readonly high: number
  /** One plain sentence, without its full stop: what the number is. */
  readonly what: string
  /** Where the default comes from. */
  readonly source: string
  /** Ids of the metrics that it moves, or their beginnings: `13` stands for `13.men` and `13.women`. */
  readonly moves: readonly string[]
  /** What it moves that is no metric of the scorecard, in words. */
  readonly also?: string
}

/** A branch of the tree. */
export interface Group<Children> {
  readonly title: string
  /** The parameters in it are one thing (a mix, a range): screening varies them together. */
  readonly together: boolean
  readonly children: Children
}

/** The values of a described tree: its shape with numbers at the leaves. */
export type Values<Node> = Node extends Leaf
  ? number
  : Node extends Group<infer Children>
    ? { -readonly [Name in keyof Children]: Values<Children[Name]> }
    : never

export function group<Children>(title: string, children: Children): Group<Children> {
  return { title, together: false, children }
}

/** A group whose parameters are one thing. */
export function oneThing<Children>(title: string, children: Children): Group<Children> {
  return { title, together: true, children }
}

/** @param span ends between which the parameter is worth trying; what is `[0.5, 2]` of a kind on a log scale are its own numbers, no factors */
export function leaf(
  kind: Kind,
  value: number,
  span: readonly [low: number, high: number],
  what: string,
  source: string,
  moves: readonly string[],
  also?: string,
): Leaf {
  return { ...kind, default: value, low: span[0], high: span[1], what, source, moves, ...(also && { also }) }
}

function kind(unit: string, least: number, most: number, scale: Scale = 'linear'): Kind {
  return { unit, least, most, scale }
}

export const SHARE = kind('share', 0, 1)
export const SHIFT = kind('', -1, 1)
export const WEIGHT = kind('weight', 0, 100)
export const FACTOR = kind('factor', 0, 100, 'log')
export const TERM = kind('chance', 0, 10)
export const POWER = kind('power', 0, 10)
/** Log standard deviations: at 3 one in six is twenty times the median or more. */
export const SIGMA = kind('σ', 0, 3)
export const LOGIT = kind('log-odds', -20, 20)
export const SLOPE = kind('log-odds', 0, 100)
export const DAYS = kind('days', 0.01, 100_000, 'log')
export const WHOLE_DAYS: Kind = { ...kind('whole days', 0, 3650), whole: true }
export const HOURS = kind('hours', 0.01, 10_000, 'log')
export const WAKING_HOURS = kind('waking hours', 0.01, 10_000, 'log')
export const PER_DAY = kind('per day', 0, 50, 'log')
export const SPEED = kind('factor', 0.001, 1000, 'log')
/** A kind of its own. */
export const own = kind

export const CHOSEN = 'chosen'
export const PLAN = 'plan'
