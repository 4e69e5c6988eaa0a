import type { Topic } from '../../../../vocabulary.ts'

/** How a post is called when somebody speaks of it, and what one asks about it: a yes/no question with its answers. */
export interface PostTalk {
  readonly name: string
  readonly asks: readonly (readonly [question: string, answers: readonly string[]])[]
}

// biome-ignore format: one question a line
export const POST_TALK: Readonly<Record<Topic, PostTalk>> = {
  travel: { name: 'travel post', asks: [
    ['Do you travel a lot?', ['Yes, as often as I can get away', 'Less than I would like', 'Not that much, I just talk about it a lot']],
    ['Are you planning the next trip already?', ['Yes, there is always a list', 'Always, planning is half the fun', 'Not yet, my wallet asked for a break']],
  ] },
  outdoors: { name: 'post about being outside', asks: [
    ['Are you outside a lot?', ['Yes, as much as I can', 'Most weekends, if the weather lets me', 'Not as much as I want to']],
    ['Do you usually go on your own?', ['Yes, I like it quiet', 'Sometimes, but company is welcome', 'No, mostly with a friend']],
  ] },
  fitness: { name: 'workout post', asks: [
    ['Do you work out a lot?', ['Yes, about four days a week', 'Less than it looks online', 'On and off, and right now it is on']],
    ['Do you ever skip a day?', ['Yes, and I enjoy every skipped one', 'All the time, I just do not post about it', 'Only when my legs vote against it']],
  ] },
  food: { name: 'food post', asks: [
    ['Do you cook a lot?', ['Yes, it is how I calm down', 'Yes, and I eat even more', 'Not really, I mostly eat well']],
    ['Do you think about food a lot?', ['Yes, I plan my days around it', 'All the time', 'Only when I am awake']],
  ] },
  music: { name: 'music post', asks: [
    ['Do you listen to music a lot?', ['Yes, from breakfast on', 'All the time, it is only quiet when I sleep', 'Yes, I need it to get anything done']],
    ['Do you have a song for every mood?', ['Yes, and a few for no mood at all', 'Nearly, I am still missing one for Mondays', 'No, I have one song for all of them']],
  ] },
  books: { name: 'book post', asks: [
    ['Do you read a lot?', ['Yes, mostly instead of sleeping', 'I try, but the pile is winning', 'Not as much as I buy']],
    ['Would you lend me a book?', ['Yes, but I will want it back', 'Yes, if you do not fold the corners', 'Yes, one, and then we will see']],
  ] },
  film: { name: 'movie post', asks: [
    ['Do you watch a lot of movies?', ['Yes, two or three a week', 'More than I admit', 'Not that many, I just have opinions']],
    ['Do you talk during movies?', ['No, never, I am very strict', 'Only during the bad ones', 'Yes, sorry in advance']],
  ] },
  art: { name: 'art post', asks: [
    ['Do you make things yourself?', ['Yes, mostly for a drawer that nobody opens', 'A bit, nothing that anybody needs to see', 'Yes, badly and happily']],
    ['Do you go to a lot of shows?', ['Yes, mostly the small ones', 'Yes, when one is worth the walk', 'Not enough, so tell me when you hear of one']],
  ] },
  tech: { name: 'tech post', asks: [
    ['Are you good with computers?', ['Yes, but do not tell my family', 'Good enough to break them', 'Better than my uncle, and that is all I need']],
    ['Do you take things apart?', ['Yes, and there is always a screw left', 'Only things that are already broken', 'I used to, now I ask first']],
  ] },
  science: { name: 'science post', asks: [
    ['Do you read about science a lot?', ['Yes, mostly at night', 'Yes, I go down every rabbit hole', 'Only when I should be sleeping']],
    ['Do you bring it up at parties?', ['Yes, until somebody needs a drink', 'Only if asked twice', 'I try not to, and I fail']],
  ] },
  pets: { name: 'animal post', asks: [
    ['Do you stop for every animal?', ['Yes, it makes me late for everything', 'Nearly every one, it is a problem', 'Only for the ones that look at me']],
    ['Do you like all animals?', ['Yes, even the rude ones', 'All except geese', 'Most of them, wasps and I keep our distance']],
  ] },
  nightlife: { name: 'post about going out', asks: [
    ['Do you go out a lot?', ['Less than I used to, more than I should', 'Only when somebody drags me along', 'About once a week, I like to see people']],
    ['Do you dance when you go out?', ['Yes, nobody can stop me', 'Only after midnight', 'I move to the beat near a wall, yes']],
  ] },
  home: { name: 'post about home life', asks: [
    ['Are you a homebody?', ['Yes, and proud of it', 'On weekdays, very much', 'More and more']],
    ['Do you like having people over?', ['Yes, if they bring dessert', 'Yes, in small numbers', 'I do, and I like it when they go home, too']],
  ] },
  everyday: { name: 'last post', asks: [
    ['Do you post a lot?', ['Not really, only when I can not keep it in', 'More than my friends would like', 'It comes in waves, so sometimes']],
    ['Do your friends read your posts?', ['Yes, and then they call me about it', 'Mostly my mom, and she likes everything', 'Some of them, the rest hear it in person']],
  ] },
}

/** Either-or questions, by operand. Append-only. */
// biome-ignore format: dense list
export const PAIRS: readonly (readonly [string, string])[] = [
  ['sun', 'shade'], ['pancakes', 'waffles'], ['May', 'October'], ['sunrise', 'sunset'], ['leftovers', 'takeout'], ['a big party', 'a small dinner'],
  ['the front seat', 'the back seat'], ['a happy ending', 'an open ending'], ['pens', 'pencils'], ['rain', 'wind'], ['headphones', 'speakers'],
  ['a hammock', 'a rocking chair'], ['cards', 'dice'], ['the past', 'the future'], ['a bridge', 'a ferry'], ['a shower', 'a bath'], ['slippers', 'bare feet'],
  ['ducks', 'geese'], ['spring', 'fall'], ['vanilla', 'chocolate'], ['crunchy peanut butter', 'smooth peanut butter'], ['popcorn', 'nachos'],
  ['fries', 'onion rings'], ['maple syrup', 'honey'], ['strawberries', 'blueberries'], ['apples', 'oranges'], ['bagels', 'croissants'], ['sneakers', 'boots'],
  ['the stairs', 'the elevator'], ['gold', 'silver'], ['blue', 'green'], ['stripes', 'polka dots'], ['time travel', 'teleporting'], ['flying', 'invisibility'],
  ['pirates', 'ninjas'], ['a treehouse', 'a houseboat'], ['a lighthouse', 'a windmill'], ['a castle', 'a cabin'], ['a campfire', 'a fireplace'],
  ['a carousel', 'a Ferris wheel'], ['thin crust', 'deep dish'], ['mustard', 'mayo'], ['pickles', 'olives'], ['tulips', 'sunflowers'], ['foxes', 'owls'],
  ['otters', 'penguins'], ['elephants', 'giraffes'], ['puns', 'riddles'], ['crosswords', 'sudoku'], ['a snow day', 'a beach day'], ['milk chocolate', 'dark chocolate'],
  ['lemonade', 'root beer'], ['still water', 'sparkling water'], ['grapes', 'cherries'], ['curly fries', 'waffle fries'], ['sweaters', 'hoodies'],
  ['buttons', 'zippers'], ['a kite', 'a frisbee'], ['the moon', 'the sun'], ['a big bowl', 'a big plate'], ['bunk beds', 'sleeping bags'], ['handshakes', 'high fives'],
]

/** What one can do together at a first meeting, after "would you like to". The last letter says where and when: c, r (a restaurant), l (one at noon), d (one in the evening) or b. */
// biome-ignore format: dense list
export const OUTINGS: readonly (readonly [what: string, where: 'c' | 'r' | 'l' | 'd' | 'b'])[] = [
  ['get a coffee', 'c'], ['have a coffee and a long talk', 'c'], ['get a coffee and something sweet', 'c'], ['get coffee and take a walk around {sight}', 'c'], ['have lunch somewhere', 'l'], ['have dinner', 'd'],
  ['get a drink', 'b'], ['grab a bite', 'r'], ['meet for tea and cake', 'c'], ['have a drink somewhere quiet', 'b'],
]

/** Where: cafes, then restaurants, then bars. Fourteen: the number that carries day, hour and place has room for no more. */
// biome-ignore format: dense list
export const PLACES: readonly string[] = [
  'Paper Crane', 'the Morning Post', 'Two Sparrows', 'the Copper Kettle', 'Little Lantern', "Dottie's",
  "Rosa's", "Nino's", 'Wild Fennel', 'Orchard Table', 'the Red Bicycle',
  'the Blue Door', 'Juniper & Rye', 'the Green Room',
]
export const CAFES_FROM = 0
export const RESTAURANTS_FROM = 6
export const BARS_FROM = 11

/** The hours of meetings. */
export const HOURS = ['10', '11', 'noon', '1', '3', '6', '7', '8'] as const
/** The same on a clock of 24 hours. */
export const HOURS_24 = [10, 11, 12, 13, 15, 18, 19, 20] as const
