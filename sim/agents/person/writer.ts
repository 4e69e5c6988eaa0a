import { writerWord } from '../../content/index.ts'
import type { Stream, StreamKeys } from '../../kernel/index.ts'
import { Purpose } from '../purposes.ts'

/**
 * The writer's word of person k: one integer from which all that the person says of itself follows, and how. It is not
 * kept; whoever writes something out asks for it.
 * @param stream scratch, rekeyed @param rhythmShift hours by which the person's day runs ahead of the clock
 */
export function writerOf(
  keys: StreamKeys,
  stream: Stream,
  k: number,
  archetype: number,
  sociability: number,
  intent: number,
  rhythmShift: number,
): number {
  keys.person(stream, Purpose.persona, k)
  // Columns are single precision: round here too, so that a profile and a column give the same word.
  return writerWord(stream.nextUint32(), archetype, Math.fround(sociability), intent, rhythmShift < 0)
}
