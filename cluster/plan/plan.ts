import type { BlockSetup, FirstIds, FormatName } from '../../persist/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { nameOf } from './canonical.ts'

/** Of groups, files and outcomes: a task of another layout is another task. Raised when any of them changes. */
export const LAYOUT = 1

/** Where rows go, and how they lie there. */
export interface Output {
  /** `folder` for files of one format in a folder. */
  readonly kind: 'files'
  readonly format: FormatName
  /** The folder, without secrets. It is no part of what a task is: folders may be moved, and mounted elsewhere. */
  readonly where: string
}

/** What all tasks of a run share. Plain data. */
export interface Plan {
  readonly layout: number
  readonly engine: number
  readonly packageVersion: string
  readonly config: RunConfig
  readonly days: number
  readonly runId: number
  readonly output: Output
  /** How rows are made of facts, and where ids stand before the first day. */
  readonly setup: BlockSetup
  /** Market ids by group, in the order of the markets. */
  readonly groups: readonly (readonly number[])[]
}

export type Pass = 1 | 2

/** One group's share of one pass. Plain data, named by its content. */
export interface Task {
  readonly id: string
  readonly pass: Pass
  readonly group: number
  /** Pass 2: the group's first ids of each day. */
  readonly places?: readonly FirstIds[]
}

/** What makes two plans the same tasks: everything but where the output lies. */
export function planName({ output: { where: _, ...output }, packageVersion: __, ...plan }: Plan): string {
  return nameOf({ ...plan, output })
}

/** @param plan its name */
export function taskOf(plan: string, pass: Pass, group: number, places?: readonly FirstIds[]): Task {
  const content = { pass, group, ...(places && { places }) }
  return { id: nameOf({ plan, ...content }), ...content }
}

/** Beginning of the keys of a task's outcome. */
export function outcomeKey({ id, pass, group }: Task): string {
  return `pass-${pass}/${String(group).padStart(6, '0')}-${id}`
}
