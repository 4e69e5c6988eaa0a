/**
 * A message's integers. `template` = reaction · 2²² + statement · 2¹⁰ + question, each a line's number plus one, 0 when
 * absent. `operand` holds three numbers of ten bits, each plus one: what the reaction, the statement and the question
 * are about. `person` = (first name + 1) + (city + 1) · 2¹² + salt · 2²¹. `variant` is the writer's word.
 */
export const NO_LINE = -1

export function packTemplate(reaction: number, statement: number, question: number): number {
  return ((reaction + 1) << 22) | ((statement + 1) << 10) | (question + 1)
}

export function reactionLine(template: number): number {
  return (template >>> 22) - 1
}

export function statementLine(template: number): number {
  return ((template >>> 10) & 0xfff) - 1
}

export function questionLine(template: number): number {
  return (template & 0x3ff) - 1
}

export function packOperand(reaction: number, statement: number, question: number): number {
  return (reaction + 1) | ((statement + 1) << 10) | ((question + 1) << 20)
}

export function reactionOperand(operand: number): number {
  return (operand & 0x3ff) - 1
}

export function statementOperand(operand: number): number {
  return ((operand >>> 10) & 0x3ff) - 1
}

export function questionOperand(operand: number): number {
  return ((operand >>> 20) & 0x3ff) - 1
}

export const SALTS = 2048

export function packPerson(name: number, city: number, salt: number): number {
  return ((name + 1) & 0xfff) | (((city + 1) & 0x1ff) << 12) | (salt << 21)
}

export function nameOf(person: number): number {
  return (person & 0xfff) - 1
}

export function cityOf(person: number): number {
  return ((person >>> 12) & 0x1ff) - 1
}

export function saltOf(person: number): number {
  return person >>> 21
}
