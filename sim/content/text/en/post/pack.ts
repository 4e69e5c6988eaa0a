/**
 * A post's operand: what it is about (an interest's id, or a flash's code; 0 for nothing, else plus one) + (city + 1) ·
 * 2¹² + salt · 2²¹. `template` is the line's number, `variant` the writer's word.
 */
export const SALTS = 2048

export function packPostOperand(subject: number, city: number, salt: number): number {
  return ((subject + 1) & 0xfff) | (((city + 1) & 0x1ff) << 12) | (salt << 21)
}

export function subjectOf(operand: number): number {
  return (operand & 0xfff) - 1
}

export function postCity(operand: number): number {
  return ((operand >>> 12) & 0x1ff) - 1
}

export function postSalt(operand: number): number {
  return operand >>> 21
}
