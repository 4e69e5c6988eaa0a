import type { Reaction } from '../../kinds.ts'

/** Reactions. To the steps of a plan. */
export const PLAN_REACTIONS = {
  plan: [
    'Great[||{you}]!',
    'Perfect[||{you}].',
    'Good[||{you}].',
    'Yay[||{you}]!',
    'Nice[||{you}].',
    'I am happy that you said yes[||{you}].',
    'Now I am excited[||{you}].',
    'Wonderful[||{you}].',
    'That makes me [smile|a bit nervous, in a good way|want to dance in the kitchen].',
    'I was hoping for that[||{you}].',
    'Then let us do it.',
    'Good, [I am glad|I was nervous about asking|that was easier than I thought].',
  ],
  number: [
    'Thank you, saved.',
    'Got it, thanks.',
    'Saved. [I will text you.|Mine will be the one with the bad joke.]',
    'Thanks, I have just sent you a hello.',
    'Noted. [You will hear from me.|I will use it wisely.]',
    'Perfect, thank you.',
  ],
  dayset: [
    'That works[||{you}].',
    'That works for me[||{you}].',
    'That suits me.',
    'Good, [I am free|that suits me|I can do that].',
    'Perfect[||{you}].',
    'I have put it in my calendar.',
    'Yes, that is good.',
    'Let us say that, then.',
    'Noted[||{you}].',
  ],
  eager: [
    'It is going to be good.',
    'I am a bit excited, too.',
    'I am looking forward to it, too.',
    'I am counting the days, a little.',
    'Good, then we are both [glad|excited|curious].',
    'I keep thinking about it, too.',
    'It will be nice.',
    'I like that you say that.',
  ],
} satisfies Readonly<Partial<Record<Reaction, readonly string[]>>>
