/** Either-or questions, by operand. Append-only. */
// biome-ignore format: dense list
export const PAIRS: readonly (readonly [string, string])[] = [
  ['coffee', 'tea'], ['mountains', 'beach'], ['early bird', 'night owl'], ['sweet', 'savory'], ['cats', 'dogs'], ['books', 'podcasts'],
  ['city', 'countryside'], ['texting', 'calling'], ['pancakes', 'waffles'], ['window seat', 'aisle seat'], ['cooking', 'takeout'],
  ['summer', 'winter'], ['pizza', 'tacos'], ['plan everything', 'wing it'], ['sunrise', 'sunset'], ['big party', 'small dinner'],
  ['road trip', 'long flight'], ['comedy', 'drama'], ['spicy', 'mild'], ['museum', 'amusement park'], ['rain', 'heat'],
  ['hot chocolate', 'hot cider'], ['ketchup', 'hot sauce'], ['vinyl', 'streaming'], ['camping', 'nice hotel'], ['chess', 'checkers'],
  ['pie', 'cake'], ['karaoke', 'trivia night'], ['past', 'future'], ['lake', 'ocean'],
]

/** Places to meet, by operand: below 64 of them. Append-only. */
// biome-ignore format: dense list
export const MEETING_PLACES: readonly string[] = [
  'the Blue Door', 'Harbor Street Coffee', "Rosa's", 'Little Lantern', 'Two Sparrows', "Nino's", 'the Copper Kettle', 'Juniper & Rye', 'Saltbox',
  'the Green Room', 'Paper Crane', 'the Old Mill', 'Morning Post', "Otto's", 'the Tin Roof', 'Wild Fennel', 'Night Owl', 'Orchard Table',
  'the Red Bicycle', 'Lucky Penny', 'Maple & Ash', 'the Lighthouse', 'Foxglove', 'the Anchor', 'the botanical garden', 'the night market',
  'the little park by the library', 'the bookstore cafe', 'the food hall', 'the rooftop at the Meridian',
]

/** How a post is called when somebody speaks of it, by topic code. */
// biome-ignore format: dense list
export const POST_NAMES: readonly string[] = [
  'travel post', 'outdoors post', 'workout post', 'food post', 'music post', 'book post', 'movie post', 'art post', 'tech post',
  'science post', 'animal post', 'post about that night out', 'post about home life', 'last post',
]
