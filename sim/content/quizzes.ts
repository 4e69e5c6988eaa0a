/**
 * The quizzes. Options stand along a scale from one pole to the other, so that two people's scores (option / last
 * option) can be compared; `preferred` is the option each archetype tends to, in the order of `ARCHETYPES`: adventurer,
 * intellectual, social, creative, athletic, casual. Ids are positions: append-only.
 */
export interface QuizQuestion {
  /** Unique in its quiz; the key of the answer in stored answers. */
  readonly key: string
  readonly prompt: string
  /** 4–5 labels. */
  readonly options: readonly string[]
  /** Option index by archetype code. */
  readonly preferred: readonly number[]
}

export interface Quiz {
  /** Position in `QUIZZES`. */
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly questions: readonly QuizQuestion[]
}

type Preferred = readonly [number, number, number, number, number, number]

function question(key: string, prompt: string, options: readonly string[], preferred: Preferred): QuizQuestion {
  return { key, prompt, options, preferred }
}

const CORE: readonly QuizQuestion[] = [
  question(
    'saturday',
    'It is Saturday morning and nothing is planned. What happens?',
    [
      'I stay in bed with a show',
      'A slow coffee and a book',
      'I work on a project',
      'I call people for brunch',
      'I am out before nine',
    ],
    [4, 1, 3, 2, 4, 0],
  ),
  question(
    'party',
    'At a party where you know two people, you…',
    [
      'Leave after an hour',
      'Find one good conversation in the kitchen',
      'Stay near the people I know',
      'Meet half the room',
      'Start the dancing',
    ],
    [3, 1, 4, 1, 3, 2],
  ),
  question(
    'vacation',
    'Your ideal week off is…',
    [
      'At home, phone off',
      'A cabin and a stack of books',
      'A city with good museums',
      'A beach with friends',
      'Somewhere with no trail markers',
    ],
    [4, 2, 3, 2, 4, 0],
  ),
  question(
    'plans',
    'How do you feel about plans?',
    [
      'A calendar for everything',
      'The important things are planned',
      'A rough idea is enough',
      'I decide on the day',
      'Plans are for other people',
    ],
    [4, 0, 2, 3, 1, 3],
  ),
  question(
    'evening',
    'A weeknight you would call perfect:',
    [
      'Takeout and a series',
      'A long talk over tea',
      'Making something with my hands',
      'A class or a workout',
      'Drinks that turn into a late night',
    ],
    [3, 1, 4, 2, 3, 0],
  ),
  question(
    'disagree',
    'You and your date disagree about something that matters. You…',
    ['Let it go', 'Change the subject with a joke', 'Ask how they came to think so', 'Argue it out, kindly'],
    [3, 3, 2, 2, 3, 1],
  ),
  question(
    'money',
    'An unexpected thousand dollars goes to…',
    ['Savings, all of it', 'Books, courses or tools', 'A dinner for my friends', 'New gear', 'A plane ticket'],
    [4, 1, 2, 1, 3, 0],
  ),
  question(
    'fitness',
    'Moving your body is…',
    ['Something other people do', 'A walk when the weather is nice', 'A few times a week', 'Part of every day'],
    [2, 1, 1, 1, 3, 0],
  ),
  question(
    'depth',
    'On a first date you would rather talk about…',
    [
      'Whatever comes up',
      'What makes us laugh',
      'Where we have been',
      'What we are making or building',
      'What we believe and why',
    ],
    [2, 4, 1, 3, 2, 0],
  ),
  question(
    'contact',
    'Between dates, how often do you like to text?',
    ['Only to set a time', 'Once a day or so', 'A few times a day', 'All day long'],
    [0, 1, 3, 2, 1, 2],
  ),
]

const LIFESTYLE: readonly QuizQuestion[] = [
  question(
    'mornings',
    'Mornings and you:',
    ['Up with the sun', 'Up with an alarm', 'Up after the third alarm', 'There are mornings?'],
    [0, 1, 3, 3, 0, 2],
  ),
  question(
    'home',
    'Your place looks…',
    [
      'Spotless',
      'Tidy enough for guests',
      'Lived in',
      'Like a studio in the middle of a project',
      'Like I just got back from a trip',
    ],
    [4, 1, 1, 3, 0, 2],
  ),
  question(
    'cooking',
    'Dinner at your place is…',
    ['Delivered', 'Pasta, again', 'A recipe I follow to the letter', 'Improvised from what is there', 'Cooked for six'],
    [3, 2, 4, 3, 2, 0],
  ),
  question(
    'pets',
    'Animals at home?',
    ['None, please', 'Fish or plants', 'A cat', 'A dog', 'As many as possible'],
    [3, 2, 3, 2, 3, 4],
  ),
  question(
    'drinking',
    'How often do you drink?',
    ['Never', 'On special occasions', 'On weekends', 'Most evenings out'],
    [2, 1, 3, 2, 0, 2],
  ),
  question(
    'crowd',
    'Your friends are…',
    [
      'Two people I tell everything',
      'A small old group',
      'Several circles that never meet',
      'Everyone I have ever met',
    ],
    [2, 0, 3, 2, 1, 1],
  ),
  question(
    'city',
    'Where would you live if work did not matter?',
    [
      'Deep in the mountains',
      'A small town by the sea',
      'A quiet suburb',
      'A neighborhood with galleries and cafes',
      'The middle of a big city',
    ],
    [0, 3, 4, 3, 1, 2],
  ),
  question(
    'screens',
    'Your phone says you spend how long on it each day?',
    ['Under an hour', 'One to two hours', 'Three to four hours', 'I have turned that report off'],
    [0, 1, 3, 2, 1, 3],
  ),
]

const CLOSENESS: readonly QuizQuestion[] = [
  question(
    'care',
    'You feel most cared for when someone…',
    [
      'Does something for me unasked',
      'Tells me what I mean to them',
      'Gives me their whole attention',
      'Hugs me',
      'Surprises me',
    ],
    [4, 2, 1, 1, 3, 0],
  ),
  question(
    'space',
    'How much time apart does a good relationship need?',
    ['A lot', 'A few evenings a week', 'A weekend now and then', 'Hardly any'],
    [0, 0, 3, 1, 1, 2],
  ),
  question(
    'pace',
    'Getting to know someone should be…',
    ['Slow and careful', 'Steady', 'However it feels', 'Fast, why wait?'],
    [3, 0, 3, 2, 1, 2],
  ),
  question(
    'fight',
    'After an argument you need…',
    ['A day to myself', 'An hour and a walk', 'To talk it through at once', 'To laugh about it'],
    [1, 0, 2, 2, 1, 3],
  ),
  question(
    'family',
    'Meeting the family happens…',
    ['When it cannot be avoided', 'After half a year', 'After a couple of months', 'Whenever they are in town'],
    [2, 1, 3, 2, 2, 1],
  ),
  question(
    'future',
    'In five years you would like to be…',
    [
      'Somewhere I cannot imagine yet',
      'Known for something I made',
      'Very good at what I do',
      'Settled, with a garden',
      'Surrounded by family and friends',
    ],
    [0, 2, 4, 1, 2, 3],
  ),
]

export const QUIZZES: readonly Quiz[] = [
  { id: 0, slug: 'core', title: 'The basics', questions: CORE },
  { id: 1, slug: 'lifestyle', title: 'Everyday life', questions: LIFESTYLE },
  { id: 2, slug: 'closeness', title: 'Closeness', questions: CLOSENESS },
]
