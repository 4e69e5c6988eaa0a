import type { Speaker } from '../../content/index.ts'

/** One of two who talk: a record that is filled anew for every message, so that none is made for it. */
export class Party implements Speaker {
  archetype = 0
  sociability = 0
  readonly interests: number[] = []
  city = -1
  name = -1
  intent = 0
  hasBio = false
  lastPostTopic = -1
  writer = 0
}
