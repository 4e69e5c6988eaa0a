import { typed } from '../options/arguments.ts'
import type { Flags } from '../options/flags.ts'
import { wholeNumber } from '../options/values.ts'

/** Of `task run`, `worker` and `resume`. */
export const SCRATCH =
  'Room in the temporary folder for days of pass 1, which pass 2 then need not live through again (default: 2048, at most a quarter of what is free; 0: none)'
const MOST_MEGABYTES = 1_000_000_000

/** @throws MingleError BAD_INPUT */
export function scratchMegabytes(flags: Flags): number | undefined {
  const given = typed(flags.scratch, '--scratch')
  return given === undefined ? undefined : wholeNumber(given, '--scratch', 0, MOST_MEGABYTES)
}
