/**
 * Something short that somebody tells unasked, with what others say to it and ask about it: a line (conditions and mood
 * as in `../../line-table.ts`), remarks of whoever hears it, a question about it, and the answers, without their stop.
 */
export type AnecdoteRow = readonly [line: string, hears: readonly string[], ask: string, answers: readonly string[]]
