import { MingleError } from '../../sim/kernel/index.ts'

/** A whole number in plain digits between `least` and `most`, both included. @throws MingleError BAD_INPUT */
export function wholeNumber(text: string, flag: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new MingleError(
    'BAD_INPUT',
    `${flag} expects a whole number from ${least} to ${most} in plain digits, got '${text}'`,
  )
}

/** A number from 0 to 1, both included, such as 0.35. @throws MingleError BAD_INPUT */
export function share(text: string, flag: string): number {
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= 1) return value
  throw new MingleError('BAD_INPUT', `${flag} expects a share from 0 to 1 such as 0.5, got '${text}'`)
}

/** As many as the store keeps of a seed. */
const MOST_SEED_CHARACTERS = 191

/** A run seed: any text of 1–191 characters without control characters. @throws MingleError BAD_INPUT */
export function seedText(text: string, flag: string): string {
  const expected = '1 to 191 characters, none of them a control character'
  if (text.length === 0) throw new MingleError('BAD_INPUT', `${flag} is empty; expected ${expected}`)
  if (text.length > MOST_SEED_CHARACTERS)
    throw new MingleError('BAD_INPUT', `${flag} has ${text.length} characters; expected ${expected}`)
  if (/\p{Cc}/u.test(text))
    throw new MingleError('BAD_INPUT', `${flag} holds a control character; expected ${expected}`)
  return text
}
