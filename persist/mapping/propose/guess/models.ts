import { LEDGER } from '../../../ledger/tables.ts'
import { SEED_JOBS } from '../../../rows/derived.ts'
import type { Metadata, Model, Relation } from '../../metadata/metadata.ts'
import { bestPairs } from './assignment.ts'
import {
  ENOUGH,
  factScore,
  messageScore,
  peopleList,
  postScore,
  profileScore,
  questionScore,
  seatsAmong,
  threadsOf,
  userScore,
} from './scores.ts'
import { type Anchors, references } from './shape.ts'
import { nameScore, type Slot } from './slots.ts'

/** Which model each fact seems to belong to. */
export interface Guess {
  readonly models: ReadonlyMap<Slot, Model>
  /** The join table of a many-to-many relation between people and interests. */
  readonly interests?: { readonly model: Model; readonly relation: Relation }
  /** The list of its people that a thread has. */
  readonly people?: string
  /** Models that nothing is written to. */
  readonly left: readonly Model[]
}

/** How many models are tried for what others are understood by. */
const TRIED = 3

const FACTS: readonly Slot[] = [
  ...(['feed_seen', 'liked_post', 'like', 'dislike', 'decided', 'profile_view', 'match', 'post_picture'] as const),
  ...(['picture', 'session', 'interest', 'subject', 'user_interest', 'quiz', 'option', 'quiz_answer'] as const),
]

/**
 * Guesses by names, and by what a model refers to: a like has two people, a message a person and a match. What others are
 * understood by (people, posts, messages, interests, questions) is tried in its best readings; of each, the pairs of fact
 * and model are those whose points add up to the most; the best reading counts.
 */
export function guessModels(metadata: Metadata): Guess {
  const ledger = new Set<string>([...Object.values(LEDGER), SEED_JOBS].map(({ table }) => table))
  const models = metadata.models.filter(({ table, view }) => !ledger.has(table) && view !== true)
  const best = (score: (model: Model) => number, among = models) =>
    among
      .map((model) => ({ model, score: score(model) }))
      .filter(({ score: points }) => points > ENOUGH)
      .sort((a, b) => b.score - a.score)
  const [found] = best((model) => userScore(model, models))
  const [parent] = found ? accountsOf(found.model, models) : []
  const user = parent ?? found?.model
  if (!user) return { models: new Map(), left: models }
  const [told] = best((model) => profileScore(model, user))
  const profile = told?.model
  const people = [user, profile]
  const others = models.filter((model) => !people.includes(model))
  const readings = (score: (model: Model) => number) => [
    ...best(score, others).slice(0, TRIED),
    { model: undefined, score: 0 },
  ]
  let top: { readonly points: number; readonly slots: Map<Slot, Model> } | undefined
  for (const message of readings((model) => messageScore(model, models, people))) {
    const threads = message.model ? threadsOf(message.model, people, models) : []
    const thread = threads.sort((a, b) => threadRank(b) - threadRank(a))[0]
    for (const post of readings((model) => postScore(model, models, people)))
      for (const interest of readings((model) => nameScore('interest', model.name)))
        for (const question of readings((model) => questionScore(model, models, people))) {
          const fixed: readonly (readonly [Slot, Model | undefined])[] = [
            ['message', message.model],
            ['thread', thread],
            ['post', post.model],
            ['question', question.model],
          ]
          const taken = fixed.flatMap(([, model]) => model ?? [])
          if (new Set(taken).size < taken.length) continue
          const anchors: Anchors = {
            ...{ user, profile, thread, post: post.model, interest: interest.model, question: question.model },
            ...relatives(interest.model, question.model, others),
          }
          const points = message.score + post.score + question.score
          const read = assigned(anchors, fixed, others, metadata, interest.model)
          if (!top || points + read.points > top.points) top = { points: points + read.points, slots: read.slots }
        }
  }
  const slots = new Map<Slot, Model>([
    ['user', user],
    ...(profile ? [['profile', profile] as const] : []),
    ...top!.slots,
  ])
  const thread = slots.get('thread')
  const [seat] = thread && references(thread, people).length < 2 ? seatsAmong(thread, people, models) : []
  if (seat && ![...slots.values()].includes(seat)) slots.set('seat', seat)
  const list = thread && !seat && references(thread, people).length < 2 ? peopleList(thread, people) : undefined
  const interests = slots.has('user_interest') ? null : joinRelation(slots)
  const used = new Set(slots.values())
  return {
    models: slots,
    ...(interests && { interests }),
    ...(list && { people: list }),
    left: models.filter((model) => !used.has(model)),
  }
}

/** Whoever signs in, where what was found is the profile of one. */
function accountsOf(model: Model, models: readonly Model[]): Model[] {
  return models.filter(
    (other) => other !== model && profileScore(model, other) > ENOUGH && userScore(other, models) > ENOUGH + 2,
  )
}

function threadRank({ name }: Model): number {
  return Math.max(nameScore('thread', name), nameScore('match', name))
}

/** What a quiz and its answers, and interests, refer to. */
function relatives(interest: Model | undefined, question: Model | undefined, models: readonly Model[]): Anchors {
  const named = (of: Model | undefined, slot: Slot) =>
    of && models.find((model) => references(of, [model]).length === 1 && nameScore(slot, model.name) > 0)
  const option =
    question &&
    models.find((model) => references(model, [question]).length === 1 && nameScore('option', model.name) > 0)
  return { subject: named(interest, 'subject'), quiz: named(question, 'quiz'), option }
}

function assigned(
  anchors: Anchors,
  fixed: readonly (readonly [Slot, Model | undefined])[],
  models: readonly Model[],
  metadata: Metadata,
  interest: Model | undefined,
): { readonly points: number; readonly slots: Map<Slot, Model> } {
  const slots = new Map(fixed.filter((pair): pair is readonly [Slot, Model] => pair[1] !== undefined))
  const free = models.filter((model) => ![...slots.values()].includes(model))
  const table = FACTS.map((slot) =>
    free.map((model) => {
      // What the reading rests on is nothing else.
      if (slot === 'interest' ? model !== interest : model === interest) return 0
      const points = factScore(slot, model, anchors, metadata)
      return points > ENOUGH ? points : 0
    }),
  )
  let points = 0
  bestPairs(table).forEach((column, row) => {
    if (column < 0) return
    points += table[row]![column]!
    slots.set(FACTS[row]!, free[column]!)
  })
  return { points, slots }
}

/** The many-to-many relation between people and interests. */
function joinRelation(slots: ReadonlyMap<Slot, Model>): { model: Model; relation: Relation } | null {
  const interest = slots.get('interest')
  for (const model of [slots.get('user'), slots.get('profile')]) {
    const relation = model?.relations.find(
      ({ model: other, list, from }) => list && from.length === 0 && other === interest?.name,
    )
    const back = interest?.relations.find(({ name }) => name === relation?.name)
    if (model && relation && back?.list) return { model, relation }
  }
  return null
}
