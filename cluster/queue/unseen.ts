import type { TaskJob } from './job.ts'

/** A look costs a question to a database or a bucket; a folder may be mounted at any moment. */
const LOOK_AGAIN_MS = 10_000

/** Places of tasks that this machine does not see. */
export class UnseenPlaces {
  readonly #places = new Map<string, { error: Error; until: number }>()

  /** Whether a place was looked at a moment ago, and is not looked at again yet. */
  isRecent(job: TaskJob): boolean {
    const found = this.#places.get(placeOf(job))
    return found !== undefined && performance.now() < found.until
  }

  /** After a look. @returns whether nothing was said of the place yet */
  note(job: TaskJob, error: Error): boolean {
    const isNew = !this.#places.has(placeOf(job))
    this.#places.set(placeOf(job), { error, until: performance.now() + LOOK_AGAIN_MS })
    return isNew
  }

  /** What was wrong with the first of them. */
  get first(): Error | undefined {
    return this.#places.values().next().value?.error
  }
}

function placeOf({ control, output }: TaskJob): string {
  return JSON.stringify([control, output])
}
