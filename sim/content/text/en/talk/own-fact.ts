import {
  childhoodCode,
  dishCode,
  drinkCode,
  homeCode,
  isLate,
  jobCode,
  originCode,
  petCode,
  showCode,
  siblingsCode,
  skillCode,
  tripCode,
  yearsCode,
} from '../persona/persona.ts'
import { Q } from './kinds.ts'
import type { Speaker } from './speaker.ts'

/** The person's own facts by the kind of question that asks for them; −1 where the answer is no fact. */
export function factOf(kind: number, person: Speaker): number {
  const { writer } = person
  switch (kind) {
    case Q.years:
      return yearsCode(writer)
    case Q.from:
      return originCode(writer, person.city)
    case Q.job:
      return jobCode(writer)
    case Q.siblings:
      return siblingsCode(writer)
    case Q.pets:
      return petCode(writer)
    case Q.dish:
      return dishCode(writer)
    case Q.drink:
      return drinkCode(writer)
    case Q.travel:
      return tripCode(writer)
    case Q.watch:
      return showCode(writer)
    case Q.skill:
      return skillCode(writer)
    case Q.chrono:
      return isLate(writer) ? 1 : 0
    case Q.childhood:
      return childhoodCode(writer)
    case Q.home:
      return homeCode(writer)
    case Q.looking:
      return person.intent
    default:
      return -1
  }
}
