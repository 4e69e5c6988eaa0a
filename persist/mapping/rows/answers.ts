import type { AnswerForm } from '../config/config.ts'
import type { Space } from '../config/sources.ts'
import type { Key } from './values.ts'

/** A question of a quiz, as the simulation numbers it. */
export interface Question {
  readonly position: number
  readonly prompt: string
  /** By value: a, b, … */
  readonly options: ReadonlyMap<string, Option>
}

export interface Option {
  readonly number: number
  readonly position: number
  readonly label: string
}

/** One answer, as a function of the mapping sees it. */
export interface Pick {
  readonly question_id: Key
  readonly position: number
  readonly prompt: string
  readonly option_id: Key
  readonly option_position: number
  readonly value: string
  readonly label: string
}

/** The key that the site has for a row of a lookup table; null where it has none. */
export type LookupKey = (space: Space, number: number) => Key | null

/** The answers of a quiz in the words of a site, from those of the simulation: value by number of the question. */
export class Answers {
  readonly #questions: ReadonlyMap<number, Question>
  readonly #keyOf: LookupKey

  constructor(questions: ReadonlyMap<number, Question>, keyOf: LookupKey) {
    this.#questions = questions
    this.#keyOf = keyOf
  }

  picks(json: string): Pick[] {
    return Object.entries(JSON.parse(json) as Record<string, string>).flatMap(([number, value]) => {
      const question = this.#questions.get(Number(number))
      const option = question?.options.get(value)
      if (!question || !option) return []
      return [
        {
          question_id: this.#keyOf('question', Number(number)) ?? Number(number),
          position: question.position,
          prompt: question.prompt,
          option_id: this.#keyOf('option', option.number) ?? option.number,
          option_position: option.position,
          value,
          label: option.label,
        },
      ]
    })
  }

  /** JSON text: what names the option, by what names the question, in the order of the questions. */
  spelled(json: string, { question, option }: AnswerForm): string {
    const entries = this.picks(json).map((pick) => {
      const name = { id: pick.question_id, position: pick.position, text: pick.prompt }[question]
      const chosen = { id: pick.option_id, value: pick.value, position: pick.option_position, text: pick.label }[option]
      return `${JSON.stringify(String(name))}:${JSON.stringify(chosen)}`
    })
    return `{${entries.join(',')}}`
  }
}
