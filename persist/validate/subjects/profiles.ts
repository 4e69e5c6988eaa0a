import type { Measures } from '../../../sim/observe/index.ts'
import { frequencies, plain, share } from '../numbers.ts'
import type { Person } from './people.ts'

/** What is missing from a profile. */
export function missing(person: Person): string[] {
  const parts: string[] = []
  if (person.quizzes === 0) parts.push('no quiz')
  if (!person.hasBio) parts.push('no bio')
  if (person.photos === 0) parts.push('no photo')
  if (person.neverPosts) parts.push('never posts')
  return parts
}

export function measureProfiles(people: ReadonlyMap<number, Person>): Measures {
  const all = [...people.values()]
  const complete = all.filter((person) => missing(person).length === 0)
  const bands = [...frequencies(all.map(({ age }) => Math.floor(age / 5) * 5))]
  const [mode = Number.NaN] = bands.sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? []
  return {
    '8': share(all.length - complete.length, all.length),
    '9': share(all.filter(({ quizzes }) => quizzes > 0).length, all.length),
    '10': share(complete.filter(({ interests }) => interests >= 3 && interests <= 8).length, complete.length),
    '11.range': share(all.filter(({ age }) => age >= 18 && age <= 65).length, all.length),
    '11.mode': plain(mode + 2.5, all.length),
  }
}
