import type { Task, TaskResult } from '../studies/index.ts'

/** A task's result, or why there is none. */
export type Done = { readonly result: TaskResult } | { readonly error: string }

/** Whoever carries out an experiment's tasks: threads of this machine, or the workers of a queue. */
export interface TaskPool {
  /**
   * Carries out tasks, in any order. Which hand carries out a task changes nothing: it is plain data.
   *
   * @param onDone told of each result as it comes, by the task's position
   * @param known positions whose results are known: they are left out, and keep their places, by which a pool may cut the
   * others into the same batches each time
   * @returns null for a task that was left out, or was not begun any more
   */
  run(
    tasks: readonly Task[],
    onDone: (at: number, done: Done) => void,
    known?: ReadonlySet<number>,
  ): Promise<(Done | null)[]>
  close(): Promise<void>
}
