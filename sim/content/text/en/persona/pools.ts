/** What people have, come from and like. Append-only lists: a person's own is a place in its list. */

/** Where those who moved grew up. Each follows "from". */
// biome-ignore format: dense list
export const ORIGINS: readonly string[] = [
  'Duluth', 'a small town in Ohio', 'Fresno', 'a farm town in Iowa', 'Savannah', 'upstate New York', 'a little town in Vermont', 'Spokane', 'Baton Rouge',
  'a mill town in Maine', 'Santa Fe', 'Knoxville', 'a beach town in North Carolina', 'Lansing', 'the middle of Nebraska', 'Chattanooga', 'Bozeman',
  'a suburb of Cleveland', 'Laredo', 'a tiny place in Kansas', 'Erie', 'Flagstaff', 'a river town in Missouri', 'Green Bay', 'Mobile', 'Eugene',
  'an island town in Washington', 'Toledo', 'Reno', 'a small town in the Catskills', 'Lubbock', 'Springfield', 'Rochester', 'Grand Rapids', 'Charleston',
  'a mountain town in Colorado', 'Bakersfield', 'Scranton', 'Shreveport', 'the Upper Peninsula',
  'Topeka', 'Sioux Falls', 'Billings', 'Macon', 'Amarillo', 'Dayton', 'Peoria', 'Rapid City', 'Pueblo', 'Yakima', 'Roanoke', 'Asheville', 'Galveston',
  'Abilene', 'Medford', 'Missoula', 'Burlington', 'Bangor', 'Utica', 'Allentown', 'Kalamazoo', 'a lake town in Michigan', 'ranch country in Wyoming',
  'a small town in Georgia', 'a coal town in West Virginia', 'a college town in Indiana', 'a small town in Oregon', 'the Florida Panhandle',
  'the Texas Hill Country', 'a dairy town in Wisconsin', 'Fargo', 'Biloxi', 'Saginaw', 'Terre Haute', 'Bellingham', 'Pocatello', 'Joplin', 'Altoona',
]
/** The same outside the United States, where the pack knows no towns. */
// biome-ignore format: dense list
export const ORIGINS_ELSEWHERE: readonly string[] = [
  'a small town two hours from here', 'a village in the north', 'a town on the coast', 'a town that nobody has heard of', 'a little place in the mountains',
  'a small town in the south', 'the countryside', 'a port town', 'a village with one bakery', 'a town near the border',
]
/** Years in the city of those who moved there. */
// biome-ignore format: dense list
export const YEARS: readonly string[] = [
  'a little over a year', 'two years', 'almost three years', 'three years', 'four years', 'about five years', 'six years', 'seven years', 'eight years', 'nearly ten years',
]

/** Brothers and sisters: how many there are, what one says of them in a sentence after "I have". */
export interface Siblings {
  readonly count: number
  readonly have: string
  /** How one of them is called in passing: "my sister". Empty for an only child. */
  readonly one: string
}
// biome-ignore format: one a line
const SIBLING_ROWS: readonly (readonly [number, string, string])[] = [
  [0, '', ''],
  [0, '', ''],
  [1, 'an older sister', 'my older sister'],
  [1, 'a younger sister', 'my little sister'],
  [1, 'an older brother', 'my older brother'],
  [1, 'a younger brother', 'my little brother'],
  [1, 'a twin sister', 'my twin sister'],
  [1, 'a twin brother', 'my twin brother'],
  [2, 'two older sisters', 'one of my sisters'],
  [2, 'two younger brothers', 'one of my brothers'],
  [2, 'a brother and a sister', 'my sister'],
  [2, 'a sister and a brother', 'my brother'],
  [3, 'three sisters', 'my oldest sister'],
  [3, 'two brothers and a sister', 'my sister'],
  [4, 'four siblings', 'my oldest brother'],
]
export const SIBLINGS: readonly Siblings[] = SIBLING_ROWS.map(([count, have, one]) => ({ count, have, one }))

/** What they share their home with, after "I have". `kind`: 0 none, 1 dog, 2 cat. */
export interface Pet {
  readonly kind: 0 | 1 | 2
  /** "a rescue mutt". */
  readonly have: string
  /** "dog". */
  readonly word: string
}
// biome-ignore format: dense list
const PET_ROWS: readonly (readonly [0 | 1 | 2, string, string])[] = [
  [0, '', ''], [0, '', ''], [0, '', ''], [0, '', ''], [0, '', ''], [0, '', ''], [0, '', ''], [0, '', ''],
  [1, 'a rescue mutt', 'dog'], [1, 'an old beagle', 'dog'], [1, 'a very short corgi', 'dog'], [1, 'a lazy greyhound', 'dog'], [1, 'a three-legged terrier', 'dog'],
  [2, 'a gray tabby', 'cat'], [2, 'a loud orange cat', 'cat'], [2, 'a black cat', 'cat'], [2, 'a shy rescue cat', 'cat'],
  [1, 'a very fluffy mutt', 'dog'], [2, 'a fat tuxedo cat', 'cat'], [2, 'a one-eyed tabby', 'cat'],
]
export const PETS: readonly Pet[] = PET_ROWS.map(([kind, have, word]) => ({ kind, have, word }))

// biome-ignore format: dense list
export const PET_NAMES: readonly string[] = [
  'Biscuit', 'Luna', 'Mochi', 'Pepper', 'Waffles', 'Otis', 'Pickle', 'Ziggy', 'Beans', 'Hazel', 'Nacho', 'Olive', 'Frank', 'Gus', 'Maple', 'Toast',
  'Noodle', 'Ruby', 'Dumpling', 'Archie', 'Clementine', 'Tofu', 'Winston', 'Miso', 'Rocket', 'Juniper', 'Peaches', 'Moose', 'Sprout', 'Linus', 'Fig', 'Dolly',
]

/** What they like best to eat: singular or mass nouns, after "some" or "good". */
// biome-ignore format: dense list
export const DISHES: readonly string[] = [
  'mushroom risotto', 'chicken soup', 'lasagna', 'pad thai', 'mac and cheese', 'green curry', 'shakshuka', 'gumbo', 'bibimbap', 'ratatouille', 'chili',
  'tomato soup', 'carbonara', 'fried rice', 'paella', 'butter chicken', 'potato salad', 'goulash', 'jollof rice', 'dal', 'mapo tofu', 'pho',
  'lentil soup', 'eggplant parmesan', 'banana bread', 'apple pie', 'kimchi stew', 'clam chowder', 'falafel', 'gnocchi',
]
/** How they take their mornings. 0 coffee, 1 tea. */
export const DRINKS: readonly string[] = ['coffee', 'tea']
/** How they live, after "I live". */
// biome-ignore format: dense list
export const HOMES: readonly string[] = [
  'alone in a small apartment', 'in an apartment with two roommates', 'in an apartment with one very tidy roommate', 'on the top floor of an old building', 'in a small apartment above a bakery',
  'in a tiny studio', 'in a house with far too many stairs', 'in an apartment next to a school', 'in a basement apartment with surprisingly good light',
]
/** What they wanted to be as a child. */
// biome-ignore format: dense list
export const CHILDHOOD: readonly string[] = [
  'a vet', 'an astronaut', 'a train conductor', 'a marine biologist', 'a baker', 'a detective', 'a mountain guide', 'a garbage truck driver',
  'a pirate', 'a ballet dancer', 'a paleontologist', 'a magician', 'a weather reporter', 'a drummer', 'an inventor', 'a lighthouse keeper',
]
/** Where they would travel tomorrow, with the reason. */
// biome-ignore format: one a line
export const TRIPS: readonly (readonly [place: string, why: string])[] = [
  ['Japan', 'for the food and the trains'], ['Iceland', 'for the hot springs'], ['Portugal', 'for the light and the little cakes'], ['New Zealand', 'for the mountains'],
  ['Oaxaca', 'for the food, mostly'], ['Scotland', 'because I like rain and ruins'], ['Morocco', 'for the markets'], ['Norway', 'for the fjords'],
  ['Argentina', 'for the steak and the late nights'], ['Vietnam', 'for the noodle soup'], ['Greece', 'for the islands'], ['Peru', 'to see the Andes once'],
  ['Ireland', 'for the pubs and the green'], ['South Africa', 'to see the coast'], ['Italy', 'to eat my way from north to south'], ['Costa Rica', 'for the sloths'],
  ['Turkey', 'for the breakfasts'], ['Newfoundland', 'to see a whale'], ['Croatia', 'for the sea'], ['South Korea', 'for the food and the bathhouses'],
]
/** What they are watching, in general terms. */
// biome-ignore format: dense list
export const SHOWS: readonly string[] = [
  'a cake contest where everybody is nice', 'a slow detective show from Denmark', 'old episodes of a hospital drama', 'a documentary series about deep-sea fish',
  'a show about people who restore old houses', 'a space show with terrible costumes', 'a comedy about a failing restaurant', 'a nature show with a very calm narrator',
  "a spy show that I can't follow at all", 'a competition for potters', 'a sitcom from the nineties', 'a miniseries about a lighthouse keeper',
  'a show about chefs who never shout', 'a mystery series set in a small village', 'a drama about a family of beekeepers', 'a show where people guess which things are made of cake',
]
/** What they would like to learn. Each follows "how to" or stands after "I want to learn to". */
// biome-ignore format: dense list
export const SKILLS: readonly string[] = [
  'sail', 'play the cello', 'fold dumplings', 'speak Portuguese', 'juggle', 'fix my own car', 'draw hands', 'swim the butterfly', 'whistle with two fingers',
  'play the drums', 'play the accordion', "solve a Rubik's cube", 'do a cartwheel', 'drive a stick shift', 'use sign language', 'tell birds apart by their song',
  'make pasta by hand', 'tie proper knots', 'dance without looking at my feet', 'ice skate backward',
]
