import {
  archetypeTopics,
  drawFirstName,
  drawInterests,
  type Speaker,
  writerWord,
} from '../../../../sim/content/index.ts'
import { AliasTable, type Stream } from '../../../../sim/kernel/index.ts'

const CITIES = 80

/** A random person as the model would describe it to the conversation. */
export function drawSpeaker(stream: Stream): Speaker {
  const archetype = stream.nextInt(6)
  const sociability = 0.2 + 0.6 * stream.next()
  const intent = stream.nextInt(4)
  return {
    archetype,
    sociability,
    interests: drawInterests(stream, archetype, 3 + stream.nextInt(6)),
    city: stream.nextInt(CITIES),
    name: drawFirstName(stream, stream.nextInt(3)),
    intent,
    hasBio: stream.chance(0.8),
    lastPostTopic: stream.chance(0.6) ? stream.nextInt(14) : -1,
    writer: writerWord(stream.nextUint32(), archetype, sociability, intent, stream.chance(0.5)),
  }
}

export const TOPIC_TABLES: readonly AliasTable[] = [0, 1, 2, 3, 4, 5].map(
  (code) => new AliasTable(archetypeTopics(code)),
)
