import type { Topic } from '../../../../vocabulary.ts'

/** How a post is called when somebody speaks of it, and what one asks about it: a yes/no question with its answers. */
export interface PostTalk {
  readonly name: string
  readonly asks: readonly (readonly [question: string, answers: readonly string[]])[]
}

// biome-ignore format: one question a line
export const POST_TALK: Readonly<Record<Topic, PostTalk>> = {
  travel: { name: 'travel post', asks: [
    ['Do you travel a lot?', ['Yes, as often as my boss allows', 'Less than I would like, to be honest', 'Not as much as it looks, I just talk about it a lot']],
    ['Are you planning the next trip already?', ['Yes, there is always a list', 'Always, the planning is half the fun', 'Not yet, my wallet asked for a break']],
  ] },
  outdoors: { name: 'post about being outside', asks: [
    ['Are you outside a lot?', ['Yes, as much as I can', 'Every weekend if the weather lets me', 'Not as much as I want to']],
    ['Do you go out there alone?', ['Yes, I like it quiet', 'Sometimes, but company is welcome', 'No, mostly with a friend']],
  ] },
  fitness: { name: 'workout post', asks: [
    ['Are you really that disciplined?', ['No, but I look like it online', 'Yes, on about four days out of seven', 'Only until somebody mentions pizza']],
    ['Do you ever skip a day?', ['Yes, and I enjoy every skipped one', 'All the time, I just do not post about it', 'Only when my legs vote against it']],
  ] },
  food: { name: 'food post', asks: [
    ['Do you cook a lot?', ['Yes, it is how I calm down', 'Yes, and I eat even more', 'Not really, I mostly eat well']],
    ['Are you always this hungry?', ['Yes, it is a lifestyle', 'Always, I plan my days around meals', 'Only when I am awake']],
  ] },
  music: { name: 'music post', asks: [
    ['Do you listen to music all day?', ['Yes, from breakfast on', 'Pretty much, it is quiet only when I sleep', 'Nearly, I need it to get anything done']],
    ['Do you play anything yourself?', ['No, I only clap', 'A little, and badly', 'Not in front of people']],
  ] },
  books: { name: 'book post', asks: [
    ['Do you read that much?', ['Yes, mostly instead of sleeping', 'I try, the pile is winning', 'Not as much as I buy']],
    ['Would you lend me a book?', ['Yes, but I will want it back', 'Yes, if you do not fold the corners', 'Only one, and then we will see']],
  ] },
  film: { name: 'movie post', asks: [
    ['Do you watch that many movies?', ['Yes, two or three a week', 'More than I admit', 'Not so many, I just have opinions']],
    ['Do you talk during movies?', ['No, never, I am very strict', 'Only in the bad ones', 'Yes, sorry in advance']],
  ] },
  art: { name: 'art post', asks: [
    ['Do you make things yourself?', ['Yes, mostly for the drawer', 'A bit, nothing that anybody needs to see', 'No, I am the one who looks']],
    ['Do you go to a lot of shows?', ['Yes, mostly the small ones', 'Yes, when there is one worth the walk', 'Not enough, tell me when you hear of one']],
  ] },
  tech: { name: 'tech post', asks: [
    ['Are you good with computers?', ['Yes, but do not tell my family', 'Good enough to break them', 'Better than my uncle, and that is all I need']],
    ['Do you take everything apart?', ['Yes, and there is always a screw left', 'Only things that are already broken', 'I used to, now I ask first']],
  ] },
  science: { name: 'science post', asks: [
    ['Do you read about that a lot?', ['Yes, mostly at night', 'Yes, I go down every rabbit hole', 'Only when I should be sleeping']],
    ['Do you explain that at parties?', ['Yes, until somebody needs a drink', 'Only if asked twice', 'I try not to, and I fail']],
  ] },
  pets: { name: 'animal post', asks: [
    ['Do you stop for every animal?', ['Yes, it makes me late for everything', 'Nearly every one, it is a problem', 'Only for those that look at me']],
    ['Are you like that with all animals?', ['Yes, even with the rude ones', 'All except geese', 'Most of them, I keep a distance to wasps']],
  ] },
  nightlife: { name: 'post about that night out', asks: [
    ['Do you go out a lot?', ['Less than I used to, more than I should', 'Only when somebody drags me', 'Once a week, I like to see people']],
    ['Did you make it home in one piece?', ['Yes, with sore feet', 'Yes, with somebody else\'s jacket', 'Barely, but happy']],
  ] },
  home: { name: 'post about home life', asks: [
    ['Are you a homebody?', ['Yes, and proud of it', 'On weekdays, very much', 'More and more, to be honest']],
    ['Is it always that cozy at your place?', ['Yes, I work hard on it', 'Only from the right angle', 'It is when I have cleaned up']],
  ] },
  everyday: { name: 'last post', asks: [
    ['Do you always write like that?', ['Yes, I can not help it', 'Only when I am in the mood', 'I try, some days are better than others']],
    ['Do you post a lot?', ['Not really, only when I can not keep it in', 'More than my friends would like', 'It comes in waves']],
  ] },
}

/** Either-or questions, by operand. Append-only. */
// biome-ignore format: dense list
export const PAIRS: readonly (readonly [string, string])[] = [
  ['sun', 'shade'], ['sweet', 'savory'], ['city', 'countryside'], ['texting', 'calling'], ['pancakes', 'waffles'], ['window seat', 'aisle seat'],
  ['leftovers', 'something new'], ['May', 'October'], ['a picnic', 'a buffet'], ['a plan', 'no plan'], ['sunrise', 'sunset'], ['a big party', 'a small dinner'],
  ['the front seat', 'the back seat'], ['a happy ending', 'an open ending'], ['spicy', 'mild'], ['a fountain pen', 'a pencil'], ['rain', 'heat'],
  ['ketchup', 'hot sauce'], ['headphones', 'speakers'], ['a hammock', 'a rocking chair'], ['cards', 'dice'], ['pie', 'cake'], ['the front row', 'the back row'],
  ['the past', 'the future'], ['a bridge', 'a ferry'], ['the first page', 'the last page'], ['a shower', 'a bath'], ['socks in bed', 'bare feet'],
  ['a window open at night', 'a window closed'], ['the snack aisle', 'the cheese aisle'], ['ducks', 'geese'], ['salt', 'sugar'], ['letters', 'postcards'],
  ['spring', 'fall'], ['soup', 'salad'], ['a long walk', 'a long nap'],
]

/** What one can do together at a first meeting, after "would you like to". The last letter says where and when: c, r (a restaurant), l (one at noon), d (one in the evening) or b. */
// biome-ignore format: dense list
export const OUTINGS: readonly (readonly [what: string, where: 'c' | 'r' | 'l' | 'd' | 'b'])[] = [
  ['get a coffee', 'c'], ['have a coffee and a long talk', 'c'], ['get a hot chocolate', 'c'], ['get coffee and take a walk around {sight}', 'c'], ['have lunch somewhere', 'l'], ['have dinner', 'd'],
  ['get a drink', 'b'], ['grab a bite', 'r'], ['meet for tea and cake', 'c'], ['have a drink somewhere quiet', 'b'],
]

/** Where: cafes, then restaurants, then bars. At most 16. Append-only. */
// biome-ignore format: dense list
export const PLACES: readonly string[] = [
  'Paper Crane', 'the Morning Post', 'Two Sparrows', 'the Copper Kettle', 'Little Lantern', "Dottie's",
  "Rosa's", "Nino's", 'Wild Fennel', 'Orchard Table', 'the Red Bicycle',
  'the Blue Door', 'Juniper & Rye', 'the Green Room', 'Saltbox', 'the Anchor',
]
export const CAFES_FROM = 0
export const RESTAURANTS_FROM = 6
export const BARS_FROM = 11

/** The hours of meetings. */
export const HOURS = ['10', '11', 'noon', '1', '3', '6', '7', '8'] as const
/** The same on a clock of 24 hours. */
export const HOURS_24 = [10, 11, 12, 13, 15, 18, 19, 20] as const
