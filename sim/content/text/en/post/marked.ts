/**
 * Posts, messages and bios that a moderator should find: harmless texts, each marked as what it stands for, so that a detector can be scored
 * on them and nobody is offended by the data. Addresses and numbers are of those kept for examples (RFC 2606, 555-01xx).
 */
export const MARKED_KINDS = ['spam', 'scam', 'contact', 'harassment', 'adult'] as const
export type MarkedKind = (typeof MARKED_KINDS)[number]

/** Template codes from here on are marked posts: far above all others. */
export const MARKED_BASE = 2_000_000_000

/** Lines by kind; # is a number of the post's own. */
const LINES: Readonly<Record<MarkedKind, readonly string[]>> = {
  spam: [
    '[test spam] Best prices on garden hoses! Only today, only here: https://hoses-#.example',
    '[test spam] Want 10,000 followers by Friday? Follow the link: https://followers-#.example',
    '[test spam] I doubled my steps with this app, get it free at https://steps-#.example/join',
  ],
  scam: [
    '[test scam] My package is stuck at the border. Could somebody send a gift card to order-#@example.com?',
    '[test scam] Invest 50 today, get 500 tomorrow. Guaranteed. Ask me how: advisor-#@example.com',
    '[test scam] You were chosen as winner no. #. Confirm your address at https://prize-#.example',
  ],
  contact: [
    '[test contact] I am never on here, text me: 555-01#',
    '[test contact] Write to me outside of this site: me-#@example.org',
  ],
  harassment: [
    '[test harassment] This line stands for an insult, number #.',
    '[test harassment] This line stands for a threat, number #.',
  ],
  adult: ['[test adult] This line stands for content for adults, number #.'],
}

/** Integers of a marked post. @param u, v uniform numbers, 0 ≤ x < 1 */
export function drawMarkedPost(
  u: number,
  v: number,
  out: { template: number; variant: number; operand: number },
): void {
  const kind = Math.floor(u * MARKED_KINDS.length)
  const lines = LINES[MARKED_KINDS[kind]!]
  const rest = u * MARKED_KINDS.length - kind
  out.template = MARKED_BASE + kind
  out.variant = Math.floor(rest * lines.length)
  out.operand = Math.floor(v * 100)
}

export function renderMarkedPost(template: number, variant: number, operand: number): string {
  const line = LINES[MARKED_KINDS[template - MARKED_BASE]!][variant]!
  return line.replaceAll('#', String(operand).padStart(2, '0'))
}

/** What a post stands for; null for all that are what they seem. */
export function markOf(template: number): MarkedKind | null {
  return template >= MARKED_BASE ? MARKED_KINDS[template - MARKED_BASE]! : null
}

/** Operands of marked messages have a bit that no other message's has. */
const MARKED_MESSAGE = 0x40000000

/** Integers of a marked message. @param u, v uniform numbers, 0 ≤ x < 1 */
export function drawMarkedMessage(
  u: number,
  v: number,
  out: { template: number; variant: number; operand: number },
): void {
  drawMarkedPost(u, v, out)
  out.template -= MARKED_BASE
  out.operand += MARKED_MESSAGE
}

/** The text of a marked message; null of any other. */
export function renderMarkedMessage(template: number, variant: number, operand: number): string | null {
  if (operand < MARKED_MESSAGE) return null
  return renderMarkedPost(MARKED_BASE + template, variant, operand - MARKED_MESSAGE)
}

/** What a message stands for; null for all that are what they seem. */
export function markOfMessage(template: number, operand: number): MarkedKind | null {
  return operand < MARKED_MESSAGE ? null : MARKED_KINDS[template]!
}

/** A marked text, for a bio. @param u, v uniform numbers, 0 ≤ x < 1 */
export function markedText(u: number, v: number): { readonly text: string; readonly kind: MarkedKind } {
  const draft = { template: 0, variant: 0, operand: 0 }
  drawMarkedPost(u, v, draft)
  return { text: renderMarkedPost(draft.template, draft.variant, draft.operand), kind: markOf(draft.template)! }
}
