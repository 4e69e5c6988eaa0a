import type { FormatName, TaskIds, TaskSetup } from '../../persist/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { nameOf } from './canonical.ts'

/** Of groups, files and outcomes: a task of another layout is another task. Raised when any of them changes. */
export const LAYOUT = 3

/** Where rows go, and how they lie there. */
export type Output = FilesOutput | DatabaseOutput

/** Files of one format. */
export interface FilesOutput {
  readonly kind: 'files'
  readonly format: FormatName
  /** A folder, or a bucket by its URL. It is no part of what a task is: folders may be moved, and mounted elsewhere. */
  readonly where: string
}

/** A PostgreSQL database. */
export interface DatabaseOutput {
  readonly kind: 'database'
  /** Its URL, without the password. */
  readonly where: string
}

/** What all tasks of a run share. Plain data. */
export interface Plan {
  readonly layout: number
  readonly engine: number
  readonly packageVersion: string
  readonly config: RunConfig
  readonly days: number
  readonly output: Output
  /** How rows are made of facts and people, and where ids stand before the first of them. */
  readonly setup: TaskSetup
  /** The first id of each chunk of people's pictures, and the one behind the last. */
  readonly pictures: readonly number[]
  /** Market ids by group, in the order of the markets. */
  readonly groups: readonly (readonly number[])[]
  /** People at the start by group, which follow from the configuration: how long the group's tasks take, compared. */
  readonly people: readonly number[]
}

export type Pass = 1 | 2

/** One group's share of one pass. Plain data, named by its content. */
export interface Task {
  readonly id: string
  readonly pass: Pass
  readonly group: number
  /** Pass 2: the group's first ids of each day. */
  readonly places?: readonly TaskIds[]
}

/** What makes two plans the same tasks: everything but where the output lies, and what only the order of work hangs on. */
export function planName({ output: { where: _, ...output }, packageVersion: __, people: ___, ...plan }: Plan): string {
  return nameOf({ ...plan, output })
}

/** @param plan its name */
export function taskOf(plan: string, pass: Pass, group: number, places?: readonly TaskIds[]): Task {
  const content = { pass, group, ...(places && { places }) }
  return { id: nameOf({ plan, ...content }), ...content }
}

/** Beginning of the keys of a task's outcome. */
export function outcomeKey({ id, pass, group }: Task): string {
  return `pass-${pass}/${String(group).padStart(6, '0')}-${id}`
}

/** Chunks of people that a group's task of pass 1 writes: from the first to before the last, counted from 0. */
export function chunksOf({ pictures, groups }: Plan, group: number): readonly [from: number, to: number] {
  const chunks = pictures.length - 1
  return [Math.floor((group * chunks) / groups.length), Math.floor(((group + 1) * chunks) / groups.length)]
}

/** Before the first day: where ids stand when everybody who is there at the start has been written. */
export function firstIds({ setup, pictures }: Plan): TaskIds {
  return { ...setup.blocks.ids.next, profile_media: pictures.at(-1)! }
}
