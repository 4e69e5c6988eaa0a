import { MingleError } from '../../sim/kernel/index.ts'

/** A file of rows that cannot be read, whatever its format. */
export class DamagedFile extends MingleError {
  /** Relative to the folder. */
  readonly file: string
  readonly reason: string

  constructor(file: string, reason: string) {
    super('DAMAGED', `${file} is damaged: ${reason}`)
    this.file = file
    this.reason = reason
  }
}
