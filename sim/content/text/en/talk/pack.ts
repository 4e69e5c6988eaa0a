/**
 * A message's integers. `template` = reaction · 2²¹ + statement · 2¹⁰ + question, each part 0 when absent, else one span
 * plus its place among the part's lines. `operand` = (statement operand + 1) + (question operand + 1) · 2¹⁶, where an
 * operand is an interest, city, topic, pair, day or place, by the group, and −1 when there is none.
 */
import { QUESTION_SPAN, REACTION_SPAN, STATEMENT_SPAN } from './lines.ts'

export const NO_LINE = -1

/** Lines are places in the `Lines` of their part, `NO_LINE` when the part is absent. */
export function packTemplate(reaction: number, statement: number, question: number): number {
  return (
    ((reaction === NO_LINE ? 0 : reaction + REACTION_SPAN) << 21) |
    ((statement === NO_LINE ? 0 : statement + STATEMENT_SPAN) << 10) |
    (question === NO_LINE ? 0 : question + QUESTION_SPAN)
  )
}

export function reactionLine(template: number): number {
  const part = (template >>> 21) & 0x1ff
  return part === 0 ? NO_LINE : part - REACTION_SPAN
}

export function statementLine(template: number): number {
  const part = (template >>> 10) & 0x7ff
  return part === 0 ? NO_LINE : part - STATEMENT_SPAN
}

export function questionLine(template: number): number {
  const part = template & 0x3ff
  return part === 0 ? NO_LINE : part - QUESTION_SPAN
}

export function packOperand(statement: number, question: number): number {
  return (statement + 1) | ((question + 1) << 16)
}

export function statementOperand(operand: number): number {
  return (operand & 0xffff) - 1
}

export function questionOperand(operand: number): number {
  return (operand >>> 16) - 1
}
