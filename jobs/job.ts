import type { DerivedTable } from '../persist/index.ts'
import type { JobName } from './names.ts'
import type { JobWork } from './work.ts'

/** A computation of derived rows from the database alone. */
export interface Job {
  readonly name: JobName
  /** What it computes, in one line. */
  readonly summary: string
  /** Tables that it reads. */
  readonly inputs: readonly string[]
  /** Tables whose rows it takes away when it has worked on them. */
  readonly consumes?: readonly string[]
  /** Tables that it alone writes. */
  readonly outputs: readonly DerivedTable[]
  /** Jobs whose outputs it reads. */
  readonly after: readonly JobName[]
  /** Computes everything as of `work.asOf`, batch by batch; what it committed before it was cut off is found again. */
  run(work: JobWork): Promise<void>
}
