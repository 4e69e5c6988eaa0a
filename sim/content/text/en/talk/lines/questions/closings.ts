/** Words of goodbye after an answer: for good, and until a meeting or a call that is planned. */
export const CLOSING_LINES = {
  forGood: [
    'And with that I have to run. It was nice talking to you[||{you}], take care!',
    'I should get going[||{you}]. All the best!',
    'And now I have to sign off for good, I think. It was fun[||{you}].',
    'I am going to take a little break from this app. Take care[||{you}]!',
    'I have to leave it here[||{you}], but I enjoyed this. Be well!',
    'I will say goodbye here[||{you}]. You were good company.',
    'And I have to be honest: I do not think that we are quite a match. I wish you all the best[||{you}]!',
    'I will say goodbye now[||{you}]. It was good to talk to you, really.',
  ],
  untilThen: [
    'I have to run. Until then!',
    'The rest I will tell you when we talk. I am off for now[||{you}]!',
    'I am putting the phone away now[||{you}]. Until then!',
    'I will stop here, so that we have something left to talk about[||{you}].',
    'I am off for now[||{you}]. I look forward to it!',
  ],
} satisfies Readonly<Record<string, readonly string[]>>
