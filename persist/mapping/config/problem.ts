import { badInput } from '../../../sim/kernel/index.ts'

/** Something about a mapping that cannot work, found before anything runs. */
export interface Problem {
  readonly code: ProblemCode
  /** The fact (or lookup) concerned, the user's model and field; null where none is. */
  readonly source: string | null
  readonly model: string | null
  readonly field: string | null
  /** What is wrong. */
  readonly message: string
  /** The line to paste into the configuration or the schema. */
  readonly paste: string
}

export type ProblemCode =
  | 'missing ledger'
  | 'unknown name'
  | 'unmapped required field'
  | 'placeholder'
  | 'partial enum'
  | 'skipped fact'
  | 'value too long'
  | 'value out of range'
  | 'unique not satisfied'
  | 'wrong type'
  | 'no key'
  | 'lost value'
  | 'not found again'
  | 'two rows for one'
  | 'cycle'
  | 'which key'
  | 'impure function'
  | 'not in the database'
  /** Of notes alone. */
  | 'time of writing'
  | 'short key'
  | 'asked by the database'
  | 'trigger'

/** One problem as text: where, what, and what to paste. */
export function problemText({ code, source, model, field, message, paste }: Problem): string {
  const place = [model, field].filter((part) => part !== null).join('.')
  const where = [place, source && `(fact '${source}')`].filter(Boolean).join(' ')
  const fix = paste === '' ? '' : `\n    paste: ${paste.replaceAll('\n', '\n           ')}`
  return `${code}${where && ` · ${where}`}: ${message}${fix}`
}

export function problem(
  code: Problem['code'],
  source: string | null,
  model: string | null,
  field: string | null,
  message: string,
  paste: string,
): Problem {
  return { code, source, model, field, message, paste }
}

/** An error that is a list of problems: whoever prints it keeps its lines. */
export function problemsFound(head: string, problems: readonly Problem[]): Error {
  return Object.assign(badInput(`${head}:\n${problems.map(problemText).join('\n')}`), { asLines: true })
}
