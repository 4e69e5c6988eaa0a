/** Answers. A story about an interest: the question asks for one. */
export const TALE_ANSWERS = {
  tale: [
    '~fun> {story}.',
    '~fun> Let me think. {story}.',
    '~fun> Okay, here is one. {story}.',
    '~fun> I have one. {story}.',
    '~fun> Well, {story^}.',
    '~fun> There are a few. {story}.',
    '~fun> Here is my favorite: {story^}.',
    '~fun> This one: {story^}.',
    '~fun> My story is a short one. {story}.',
    '~fun> I think that it is this one: {story^}.',
    '~fun> Probably this: {story^}.',
    '~fun> Glad you asked. {story}.',
    '~fun> That would be this one: {story^}.',
    '~fun> My favorite is this one: {story^}.',
    '~fun> The one I always tell: {story^}.',
    '~fun> Here you go: {story^}.',
    '~fun> Oh, I have one. {story}.',
    '~fun> The short version: {story^}.',
    '~fun> I have to go with this one. {story}.',
  ],
} as const
