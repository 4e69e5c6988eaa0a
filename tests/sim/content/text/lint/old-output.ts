import type { Corpus, Said, Writer } from './corpus.ts'

/**
 * What the engine wrote before its people had facts, clocks and places: lines of that output, some of which blind readers
 * marked, small enough to be read at a glance. Every rule has to find something here.
 */

const HOUR = 60
/** A Monday in January, in civil days since 1970. */
const MONDAY = 19_723

type Line = readonly [k: number, day: number, hour: number, text: string]

const said = ([k, day, hour, text]: Line): Said => ({
  k,
  text,
  day: MONDAY + day,
  minute: Math.round(hour * HOUR),
  weekday: (1 + day) % 7,
  month: 1,
  template: 0,
})

const person = (k: number, metro: number, bio: string, celsius = 3): [number, Writer] => [
  k,
  { k, bio, city: metro === 1 ? 'New York' : 'Chicago', metro, interests: [], temperature: () => celsius },
]

const THREADS: readonly (readonly Line[])[] = [
  // Answers that do not have the form of their questions.
  [
    [1, 0, 12, 'How often do you find time for taking road trips?'],
    [2, 0, 18, 'Pretty much all the time. Ask my neighbor, they are tired of it!'],
    [1, 0, 19, 'Where are you from originally?'],
    [2, 0, 20, 'In the suburbs.'],
    [1, 1, 12, 'Are you close?'],
    [2, 1, 13, 'Big!'],
    [1, 1, 14, 'Is it a good job?'],
    [2, 1, 15, 'I do when a plan works out.'],
    [1, 1, 16, 'How much of it is true?'],
    [2, 1, 17, 'Yes!'],
  ],
  // The same question again, and of a day that has only begun; an only child with a brother.
  [
    [3, 2, 7.6, 'Hey there! How has your day been so far? How was your day?'],
    [4, 2, 9, 'Small. I am an only child, but with about a dozen cousins.'],
    [3, 4, 20, 'How was your day?'],
    [4, 4, 21, 'A small one. It is mostly my mom, my brother and me, and that is plenty.'],
  ],
  // Openers that say their interest twice.
  [[5, 2, 10, 'Hello! Okay, horror movies. What keeps you coming back to horror movies?']],
  [[5, 3, 10, 'Hi, I love surfing too. What made you try surfing in the first place?']],
  // Two who live far apart, a plan confirmed twice within the hour, and thanks for an evening that is still to come.
  [
    [1, 3, 10, 'Would you like to grab a coffee sometime?'],
    [6, 3, 11, 'Yes, please. How about Saturday at 7?'],
    [1, 3, 12, 'Great, can not wait. Are we still good for Saturday?'],
    [6, 3, 12.2, 'Are we still on for Saturday?'],
    [6, 3, 13, 'Thank you for a lovely evening. Did you have a good time too?'],
  ],
  // Capitals come and go, and one person has an emoji for everything.
  [
    [7, 2, 20, 'that makes me want to go right now. what should i order if i want to understand you?'],
    [
      8,
      2,
      21,
      'Lemon bars. I know that is not a meal. I stand by it. Do you manage to fit in hunting down street food regularly? 😅',
    ],
    [7, 2, 22, 'Ha, I get it. What does a good weekend look like for you?'],
    [8, 3, 10, 'That is kind, but no hard feelings, I did not feel the spark. 🙌'],
    ...['😂', '🙂', '☺️', '💪', '😊', '🕺', '😁', '😄', '🎉', '💛'].map(
      (sign, i): Line => [8, 4 + i, 12, `Catching up with my roommates, and probably changing the sheets. ${sign}`],
    ),
  ],
]

const POSTS: readonly Line[] = [
  [1, 0, 12, 'Forty minutes of surfing and one samosa later, I feel sore.'],
  [6, 0, 14, 'I never find time for spending time with friends.'],
  [
    2,
    1,
    10,
    '"The Weather and the Paper Hunger" is the rare novel whose second half carry the weight. My brother owe them a call.',
  ],
  [2, 1, 11, 'They played for a long morning on answering emails. Out at the woods if the weather plays along.'],
]

const PEOPLE = [
  person(1, 1, 'Part backpacking, part chicken adobo, part lemonade!'),
  person(
    2,
    1,
    'The short version: arcade bars, rock climbing, ramen. By day I am a barista. I am a project manager. My mother still can not explain what I do.',
  ),
  person(3, 1, 'New in Houston and looking for company while playing soccer.'),
  person(4, 1, ''),
  // "What's" and "It's" stood beside "I am" and "do not" in everybody's texts.
  person(
    5,
    1,
    "What's one good thing? It's 555-0142. That's so me. I am happy. I am told that I do not stop. It's here. It's fine. It is late. I do not mind. I would not know. It's time. I am well. It's all. That's it.",
  ),
  person(6, 2, 'Cold pizza beats hot pizza.', -4),
  person(7, 1, ''),
  person(8, 1, ''),
]

export const OLD_OUTPUT: Corpus = {
  people: new Map(PEOPLE),
  threads: THREADS.map((thread) => thread.map(said)),
  posts: POSTS.map(said),
}

/** A trending topic's short text stood 13 times in 10,000 posts. */
export const OLD_POSTS: readonly string[] = [
  ...Array.from({ length: 13 }, () => 'the raccoon that took the subway huh. ok'),
  ...Array.from({ length: 9987 }, (_, i) => `post ${i}`),
]

/** Eight templates made 41 of 100 bios; these four are of one. */
const TEMPLATE = [
  'I collect stories. The best ones come from trying new coffee shops and from Quito, where I locked myself out. These days life is calmer.',
  'I collect stories. The best ones come from watching anime and from Oaxaca, where I said you too when the waiter said enjoy your meal.',
  'I collect stories. The best ones come from going to the farmers market and from Portland, where I wore two different shoes.',
  'I collect stories. The best ones come from going for a run and from Seville. These days life is calmer: an insurance adjuster, road trips, cortado.',
]
export const OLD_BIOS: readonly string[] = [...TEMPLATE, ...Array.from({ length: 46 }, (_, i) => `Bio ${i}.`)]
