/**
 * The dictionaries that fill the slots of templates. An entry may hold slots and choices itself. Lists are append-only
 * within an engine version: where an entry stands decides which text an old row renders to.
 *
 * House rules: nouns stand without an article (templates write `a/an`), nothing names a real date, a hour of the day or
 * a season, and whole sentences end with a stop.
 */
// biome-ignore format: dense lists
const PLACES_AND_TIMES: Record<string, readonly string[]> = {
  when: [
    'this morning', 'yesterday', 'last weekend', 'the other day', 'this week', 'after work', 'on my day off',
    'earlier today', 'on Saturday', 'on Sunday', 'last night', 'a few days ago', 'over lunch', 'this weekend',
    'before work', 'on my lunch break', 'on Thursday', 'on the way home', 'on Tuesday', 'early on Sunday',
  ],
  soon: [
    'this weekend', 'next week', 'tomorrow', 'on Sunday', 'on Saturday', 'sometime this month', 'next weekend',
    'on Friday', 'one of these days', 'before the month is over', 'soon',
  ],
  span: [
    'two hours', 'three hours', 'half a day', 'a whole afternoon', 'a good hour', 'forty minutes', 'a long morning', 'most of a day', 'an entire evening',
    'ninety minutes', 'about four hours', 'an hour and a half', 'five hours',
  ],
  count: ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'a dozen'],
  days: ['ten days', 'two weeks', 'three weeks', 'a month', 'six weeks', 'two months', 'half a year', 'almost a year', 'a whole year'],
  n: ['3', '4', '5', '6', '8', '9', '11', '12', '14', '17', '19', '20', '21', '23', '26', '28', '30', '33', '40', '50'],
  trainword: ['noexcuses', 'trainhard', 'roadtobetter', 'sweat', 'keepgoing', 'earlybird', 'progress', 'grind'],
  years: ['two years', 'three years', 'four years', 'five years', 'six years', 'seven years', 'eight years', 'nine years', 'ten years', 'a decade'],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  far: [
    'Lisbon', 'Mexico City', 'Kyoto', 'Oaxaca', 'Montreal', 'Reykjavik', 'Porto', 'Naples', 'Hanoi', 'Cape Town',
    'Edinburgh', 'Buenos Aires', 'Istanbul', 'Seville', 'Copenhagen', 'Marrakesh', 'Cartagena', 'Tokyo', 'Dublin',
    'Vancouver', 'Athens', 'Prague', 'Chiang Mai', 'Bologna', 'Seoul', 'Quito', 'Galway', 'Ljubljana', 'Tbilisi',
    'Lima', 'Bergen', 'Valencia', 'Quebec City', 'Taipei', 'Havana', 'Krakow', 'Zanzibar', 'Palermo', 'Melbourne',
    'Santa Fe', 'New Orleans', 'Savannah', 'Asheville', 'Sedona', 'Bar Harbor', 'Marfa', 'Taos', 'Charleston',
    'Big Sur', 'Key West', 'Moab', 'Portland', 'Missoula', 'Traverse City',
  ],
  park: [
    'Zion', 'Yosemite', 'Acadia', 'Glacier', 'Joshua Tree', 'Big Bend', 'Olympic', 'the Smokies', 'Arches', 'Bryce Canyon',
    'the Badlands', 'Death Valley', 'Shenandoah', 'Sequoia', 'the Tetons', 'Yellowstone', 'Crater Lake', 'Mesa Verde',
    'the Everglades', 'White Sands', 'Mount Rainier', 'the Grand Canyon',
  ],
  outing: [
    'the lake', 'the coast', 'the river trail', 'the ridge', 'the old quarry', 'the botanical garden', 'the canyon',
    'the reservoir', 'the woods behind my place', 'the hills', 'the state park', 'the waterfall everyone talks about',
    'the lookout', 'the marsh', 'the far end of the park', 'the dunes', 'the creek', 'the nature reserve',
  ],
  sight: [
    'a heron', 'two deer', 'a fox', 'an owl in broad daylight', 'a very confident raccoon', 'a hawk', 'a family of ducks',
    'a turtle the size of a plate', 'three rabbits', 'a kingfisher', 'a snake that was more scared than me',
    'about forty geese', 'a beaver at work', 'a coyote', 'a woodpecker', 'a very small frog', 'an otter',
  ],
  sky: [
    'a light drizzle', 'not a cloud in sight', 'wind in every direction', 'fog until noon', 'a sky like a painting',
    'sun for the first time in days', 'a thunderstorm that missed us', 'that golden light', 'perfect weather', 'rain on and off',
    'a double rainbow', 'clouds like cotton', 'more wind than forecast',
  ],
  spot: [
    'the Blue Door', 'Harbor Street Coffee', "Rosa's", 'the corner diner', 'Little Lantern', 'Two Sparrows', "Nino's",
    'the Copper Kettle', 'Juniper & Rye', 'Saltbox', "Mabel's", 'the Green Room', 'Fifth & Main', 'Paper Crane', 'the Old Mill',
    'Morning Post', "Otto's", 'the Tin Roof', 'Wild Fennel', 'Night Owl', 'Orchard Table', 'the Red Bicycle', 'Lucky Penny',
    'Maple & Ash', 'the Lighthouse', 'Sunday Best', "Dottie's", 'Three Rivers', 'Foxglove', 'the Anchor',
  ],
}

// biome-ignore format: dense lists
const PEOPLE: Record<string, readonly string[]> = {
  person: [
    'my sister', 'my roommate', 'a coworker', 'my neighbor', 'my dad', 'my mom', 'my best friend', 'my brother', 'my cousin',
    'an old friend', 'my boss', 'the guy at the corner store', 'my aunt', 'a friend from college', 'my grandmother',
    'my upstairs neighbor', 'a stranger on the bus', 'my uncle', 'my little niece', 'my barber', 'the lady next door',
  ],
  people: [
    'my friends', 'my coworkers', 'my sister and her kids', 'the neighbors', 'my roommates', 'a bunch of strangers',
    'three old friends', 'my cousins', 'people from work', 'my college crew', 'my parents', 'a friend and her dog',
  ],
  petname: [
    'Biscuit', 'Luna', 'Mochi', 'Pepper', 'Waffles', 'Otis', 'Pickle', 'Ziggy', 'Beans', 'Hazel', 'Nacho', 'Olive', 'Frank',
    'Sushi', 'Gus', 'Maple', 'Toast', 'Noodle', 'Ruby', 'Dumpling', 'Archie', 'Clementine', 'Tofu', 'Winston', 'Miso', 'Rocket',
  ],
  animal: [
    'golden retriever', 'three-legged cat', 'beagle', 'corgi', 'very old pug', 'gray tabby', 'husky', 'dachshund in a sweater',
    'greyhound', 'black cat', 'basset hound', 'orange cat', 'border collie', 'tiny chihuahua', 'Great Dane', 'parrot', 'rabbit',
    'ferret on a leash', 'Saint Bernard', 'poodle', 'tortoise', 'hedgehog',
  ],
  pettrick: [
    'steals socks', 'snores louder than any person I know', 'hides under the couch when it rains', 'has opinions about dinner',
    'sits on the laptop during meetings', 'barks at the toaster', 'sleeps in the sink', 'is afraid of bananas', 'learned to open the fridge',
    'ignores every toy but the box it came in', 'greets every single stranger', 'waits at the window all day', 'knocks over one glass a week',
    'carries the same shoe around', 'insists on the good pillow', 'sulks when I leave for work', 'watches birds on TV',
  ],
}

// biome-ignore format: dense lists
const FOOD: Record<string, readonly string[]> = {
  dish: [
    'ramen', 'lasagna', 'shakshuka', 'pad thai', 'mushroom risotto', 'gumbo', 'chicken adobo', 'lentil soup', 'fish tacos',
    'jollof rice', 'pierogi', 'bibimbap', 'mac and cheese', 'chili', 'paella', 'green curry', 'gnocchi', 'falafel', 'dumplings',
    'tortilla soup', 'butter chicken', 'pho', 'roast chicken', 'eggplant parm', 'kimchi fried rice', 'carbonara', 'tamales',
    'clam chowder', 'ratatouille', 'birria', 'beef stew', 'stuffed peppers', 'black bean burgers', 'pulled pork', 'okonomiyaki',
    'moussaka', 'chana masala', 'enchiladas', 'French onion soup', 'banh mi', 'laksa', 'meatballs', 'jambalaya', 'minestrone',
  ],
  bake: [
    'banana bread', 'cinnamon rolls', 'sourdough', 'focaccia', 'lemon bars', 'blueberry muffins', 'cherry pie', 'key lime pie',
    'brownies', 'oatmeal cookies', 'challah', 'croissants', 'apple crumble', 'scones', 'carrot cake', 'peach cobbler',
    'pretzels', 'bagels', 'cheesecake', 'shortbread', 'pumpkin bread', 'baklava', 'madeleines', 'cornbread',
  ],
  bite: [
    'breakfast burrito', 'cold slice of pizza', 'mango', 'grilled cheese', 'bowl of cereal', 'peach', 'bagel with too much cream cheese',
    'plate of nachos', 'pickle', 'bowl of soup', 'fresh croissant', 'perfect avocado', 'street taco', 'cinnamon roll', 'stack of pancakes',
    'fried egg sandwich', 'bowl of noodles', 'popsicle', 'handful of cherries', 'warm cookie', 'slice of pie', 'tamale', 'samosa',
  ],
  drink: [
    'cold brew', 'green tea', 'cortado', 'oat latte', 'ginger beer', 'hot chocolate', 'mint tea', 'lemonade', 'black coffee',
    'chai', 'espresso', 'horchata', 'iced tea', 'matcha', 'sparkling water', 'apple cider', 'kombucha', 'flat white',
  ],
  cocktail: [
    'mezcal sour', 'old fashioned', 'negroni', 'spicy margarita', 'espresso martini', 'paloma', 'gin and tonic', 'whiskey sour',
    'dark and stormy', 'French 75', 'mojito', 'Aperol spritz', 'mai tai', 'Manhattan', 'daiquiri', 'ginger mocktail',
  ],
  spice: [
    'cumin', 'garlic', 'lime', 'smoked paprika', 'butter', 'basil', 'miso', 'chili crisp', 'ginger', 'lemon', 'black pepper', 'fresh dill',
    'cardamom', 'hot sauce', 'parmesan', 'soy sauce', 'cilantro', 'toasted sesame', 'brown butter', 'pickled onions',
  ],
}

// biome-ignore format: dense lists
const CULTURE: Record<string, readonly string[]> = {
  booknoun: [
    'Orchard', 'Winter', 'Cartographer', 'Harbor', 'Daughter', 'Lighthouse', 'Letter', 'Garden', 'Clockmaker', 'River', 'Silence',
    'Staircase', 'Beekeeper', 'Archive', 'Hunger', 'Season', 'Stranger', 'Country', 'Tide', 'Inheritance', 'Museum', 'Translator',
    'Weather', 'Island', 'Ferryman', 'Window', 'Almanac', 'Choir', 'Echo', 'Map',
  ],
  bookadj: [
    'Salt', 'Last', 'Quiet', 'Paper', 'Glass', 'Second', 'Hollow', 'Amber', 'Borrowed', 'Northern', 'Invisible', 'Crooked', 'Silver',
    'Forgotten', 'Burning', 'Slow', 'Seventh', 'Drowned', 'Gentle', 'Blue', 'Unfinished', 'Distant', 'Velvet', 'Restless',
  ],
  book: [
    'The {bookadj} {booknoun}', 'A/an {bookadj} {booknoun}', 'The {booknoun} of {bookplace}', '{bookadj} {booknoun}',
    'The {booknoun} and the {bookadj} {booknoun}', 'Notes on the {bookadj} {booknoun}',
  ],
  bookplace: ['Ashford', 'Bellmare', 'Low Water', 'Montclaire', 'the Ninth Street', 'Saint Orrin', 'Vesper Hill', 'Calder Bay', 'Tamarind'],
  film: [
    'The {bookadj} {booknoun}', '{bookadj} {filmnoun}', 'The {filmnoun}', 'Midnight in {bookplace}', 'A/an {filmnoun} for {petname}',
    'Return to {bookplace}', 'The {filmnoun} of {bookplace}',
  ],
  filmnoun: [
    'Heist', 'Signal', 'Reunion', 'Getaway', 'Understudy', 'Wedding', 'Detective', 'Passenger', 'Summit', 'Verdict', 'Witness', 'Orbit',
    'Masquerade', 'Kingdom', 'Showdown', 'Confession', 'Neighbors', 'Runaway', 'Curtain', 'Double',
  ],
  band: [
    '{bookadj} {bandnoun}', 'The {bandnoun}', 'The {bookadj} {bandnoun}', '{petname} & the {bandnoun}', '{bandnoun} Club', 'Dear {petname}',
  ],
  bandnoun: [
    'Lanterns', 'Foxes', 'Parades', 'Astronauts', 'Satellites', 'Magnolias', 'Wolves', 'Telephones', 'Postcards', 'Sparrows', 'Arcades',
    'Swimmers', 'Ghosts', 'Cassettes', 'Tigers', 'Holidays', 'Comets', 'Cowboys', 'Lemons', 'Neighbors',
  ],
  genre: [
    'soul', 'bossa nova', 'nineties R&B', 'bluegrass', 'synth pop', 'old country', 'afrobeat', 'folk', 'lo-fi', 'disco', 'shoegaze', 'cumbia',
    'Motown', 'ambient', 'punk', 'city pop', 'reggae', 'gospel', 'movie soundtracks', 'surf rock',
  ],
  showkind: [
    'baking competition', 'slow detective series', 'space drama', 'dating show', 'period drama', 'nature documentary', 'workplace comedy',
    'heist series', 'courtroom drama', 'cooking show', 'fantasy epic', 'ghost story', 'renovation show', 'spy thriller', 'medical drama',
  ],
  artthing: [
    'linocut', 'watercolor', 'charcoal drawing', 'collage', 'ceramic bowl', 'zine', 'embroidered patch', 'mural', 'film photo', 'screen print',
    'clay mug', 'portrait', 'woven basket', 'stained glass panel', 'landscape', 'still life', 'little sculpture', 'pencil drawing',
  ],
  color: [
    'burnt orange', 'sage green', 'navy', 'mustard', 'terracotta', 'lavender', 'teal', 'rust', 'cobalt', 'dusty pink', 'ochre',
    'forest green', 'cream', 'plum', 'sky blue', 'charcoal',
  ],
}

// biome-ignore format: dense lists
const MIND: Record<string, readonly string[]> = {
  fact: [
    'octopuses have three hearts', 'bananas are berries but strawberries are not', 'honey never really spoils', 'a day on Venus is longer than its year',
    'wombats make cube-shaped droppings', 'sharks are older than trees', 'Oxford has been teaching longer than the Aztecs had an empire',
    'sea otters hold hands while they sleep', 'the Eiffel Tower grows a little in the heat', 'crows remember human faces', 'lobsters taste with their feet',
    'there are more possible chess games than atoms we can see', 'a bolt of lightning is hotter than the surface of the sun', 'sloths can hold their breath longer than dolphins',
    'butterflies taste with their feet', 'the shortest war in history lasted under an hour', 'Cleopatra lived closer to the moon landing than to the pyramids',
    'trees share sugar through fungi in the soil', 'our bones are constantly replacing themselves', 'Saturn would float in a big enough bathtub',
    'the dot over a lowercase j is called a tittle', 'goats have rectangular pupils', 'it rains diamonds on some planets', 'cows have best friends',
    'the smell of rain has a name, petrichor', 'penguins propose with pebbles', 'a group of flamingos is called a flamboyance', 'ants do not have lungs',
    'an ostrich eye is bigger than its brain', 'the moon drifts away from us an inch and a half a year',
  ],
  gadget: [
    'mechanical keyboard', 'robot vacuum', 'e-reader', 'old film camera', 'smart lamp', 'espresso machine', 'turntable', 'drone', 'label maker',
    'bread machine', 'weather station', 'record player', 'standing desk', 'phone from 2012', 'air fryer', 'handheld console', 'tiny projector',
    'soldering iron', 'raspberry pi', 'second monitor', 'smartwatch', 'pair of headphones',
  ],
  task: [
    'laundry', 'the dishes', 'my taxes', 'the groceries', 'cleaning out the fridge', 'answering emails', 'folding towels', 'that one closet',
    'vacuuming', 'the recycling', 'calling the dentist', 'my inbox', 'the pile of mail', 'returning that package', 'changing the sheets',
    'watering everything', 'the oil change', 'matching socks',
  ],
  plant: [
    'monstera', 'basil', 'snake plant', 'fern', 'orchid', 'tomato plant', 'lavender', 'pothos', 'aloe', 'lemon tree', 'cactus', 'rosemary',
    'peace lily', 'succulent', 'rubber plant', 'jalapeño plant', 'fiddle leaf fig', 'string of pearls', 'bonsai', 'spider plant',
  ],
  furniture: [
    'bookshelf', 'reading chair', 'rug', 'couch', 'floor lamp', 'coffee table', 'mirror', 'desk', 'set of curtains', 'bed frame', 'bar cart',
    'record shelf', 'dresser', 'kitchen stool', 'shoe rack', 'headboard', 'plant stand', 'nightstand', 'gallery wall',
  ],
  feeling: [
    'proud', 'grateful', 'sore', 'calm', 'a bit restless', 'lighter', 'ready for a nap', 'surprisingly good', 'like a new person', 'tired in the best way',
    'strangely optimistic', 'ten years younger', 'a hundred years old', 'very smug', 'content', 'inspired', 'a little homesick', 'wide awake', 'relieved',
    'humbled', 'lucky', 'nostalgic',
  ],
  payoff: [
    'Worth every minute', 'Zero regrets', 'Would do it again', 'Exactly what I needed', 'My {bodypart} will complain tomorrow', 'Now I need a nap',
    'Ten out of ten', 'Best decision of the week', 'I feel {feeling}', 'Feeling {feeling}', 'More of this, please', 'I needed that', 'Small joys',
    'Not bad at all', 'Why did I wait so long', 'The little things', 'I could get used to this', 'Highly recommend', 'Still smiling',
    'Still thinking about it', 'Who knew', 'Okay, universe, thank you', 'I have no notes', 'Life is good sometimes', 'Recovery snack: {drink}',
  ],
  end: [
    '', ' {payoff}.', '', ' {payoff}.', ' {payoff2}.', '', ' {payoff}.', ' {payoff2}.',
  ],
  payoff2: [
    '{person} was right', 'Now for {dish}', 'Ask me again on {weekday}', 'I told {person} all about it', 'Back to {task} tomorrow', 'And then {dish}',
    'I may never go back to {task}', 'Same time next week', 'Next time with {person}', 'My {weekday} is saved', 'Take that, {weekday}', 'I owe it to {person}',
    'Celebrating with {dish}', '{drink} to celebrate',
  ],
  shrug: [
    'Typical', 'It happens', 'I need a nap', 'Send help', 'This is fine', 'Moving on', 'Could be worse', 'Of course', 'Naturally', 'Tomorrow is another day', 'I laughed, at least',
    'Classic', 'And it is only {weekday}', 'Still recovering', 'No further comment', 'Such is life', 'I blame {person}', 'Anyway, {dish} for dinner', 'I am fine, thanks for asking',
    '{person} is still laughing', 'Back to {task} then', 'We do not talk about it', 'Lesson learned', 'I have accepted it', 'I wish I was joking',
  ],
  shrugend: [' {shrug}.', '', ' {shrug}.', ' {shrug}.'],
  bodypart: ['legs', 'arms', 'feet', 'shoulders', 'knees', 'calves', 'lungs', 'quads', 'hips', 'hamstrings'],
  ask: [
    'Anyone else', 'Thoughts', 'Am I the only one', 'Who can relate', 'Is it just me', 'What do you all think', 'Agree or disagree', 'Or is that just me',
    'Yes or no', 'Who is with me', 'What would you say',
  ],
  join: [
    'Who is in', 'Anyone free', 'Who wants to come', 'Who wants to join', 'Any takers', 'Who has time', 'You coming', 'Interested', 'Who is up for it',
  ],
  tips: ['Any tips', 'Any recommendations', 'What should I try', 'Where do I start', 'Help me out', 'What do you suggest'],
  hobbyaim: [
    'getting better at', 'spending more time on', 'learning more about', 'making room for', 'reading up on', 'talking about', 'daydreaming about',
  ],
  chore: [
    'found twenty dollars in an old coat', 'finally fixed the squeaky door', 'made the bed and now I feel like an adult', 'said yes to plans and did not cancel',
    'caught every green light on the way home', 'got the last good parking spot', 'slept eight whole hours', 'remembered my reusable bags',
    'drank enough water', 'called my grandmother', 'cleared my inbox', 'found the other sock', 'took the stairs', 'read two chapters before reaching for my phone',
    'cooked instead of ordering in', 'got a free coffee because the barista felt sorry for me', 'held the elevator for someone who then held it for me',
    'finished a pen for the first time in my life', 'parallel parked on the first try with people watching', 'went to bed on time',
  ],
  mishap: [
    'locked myself out', 'spilled {drink} on a white shirt', 'waved back at someone who was not waving at me', 'sent the text to the wrong group chat',
    'got on the right bus in the wrong direction', 'wore two different shoes', 'burned the toast twice', 'called my boss mom', 'fell asleep in the middle of a sentence',
    'walked into a glass door', 'forgot my own phone number', 'bought the same book twice', 'said you too when the waiter said enjoy your meal',
    'set off the smoke alarm', 'dropped my keys down a grate', 'left my umbrella on the train', 'laughed so hard I snorted in a quiet cafe',
    'pulled a push door for a full minute', 'lost an argument with a vending machine',
  ],
  chore2: [
    'alphabetized the spices', 'watched the neighbors move a couch', 'tried on every hat I own', 'looked up what geese eat', 'learned half a card trick',
    'reorganized one drawer', 'made {dish}', 'made {bake}', 'called {person}', 'listened to {band}', 'read about {far}', 'repotted the {plant}', 'took a nap',
    'cleaned the {gadget}', 'had a second {drink}', 'practiced my signature', 'ranked my mugs', 'talked to the {plant}',
  ],
  hey: ['Hey {first}', 'Hi {first}', 'Hey', 'Hi', 'Hello {first}', 'Hey there', 'Hi there', 'Hello'],
  tired: ['ready for bed', 'very happy with myself', 'a puddle on the couch', 'good for nothing', 'proud of myself', 'out of words'],
  job: [
    'a nurse', 'a teacher', 'an electrician', 'a software developer', 'a graphic designer', 'an accountant', 'a paramedic', 'a barista', 'a librarian', 'a chef',
    'a physical therapist', 'a project manager', 'a carpenter', 'a pharmacist', 'a social worker', 'an architect', 'a dental hygienist', 'a sales rep', 'a mechanic',
    'a veterinary assistant', 'a translator', 'a lab technician', 'a landscaper', 'a high school coach', 'an event planner', 'a copywriter', 'a data analyst',
    'a truck dispatcher', 'a hairdresser', 'a museum guide', 'a bank clerk', 'a civil engineer', 'a florist', 'a sound technician', 'a kindergarten teacher',
    'an insurance adjuster', 'a photographer', 'a plumber', 'a research assistant', 'a flight attendant', 'a bookkeeper', 'a tax advisor', 'a park ranger',
  ],
  skill: [
    'can whistle with two fingers', 'make excellent {dish}', 'know every word of one album by {band}', 'can nap anywhere', 'never forget a face', 'fix bikes for friends',
    'sing in the car', 'can fold a fitted sheet', 'write postcards', 'parallel park like a pro', 'give very good directions', 'talk to every {animal} I meet',
    'do a decent impression of {person}', 'bake {bake} when I am nervous', 'can name most constellations', 'once won a pie contest', 'read the last page first',
    'still write letters by hand', 'cry at weddings of people I barely know', 'keep a list of good benches', 'can juggle three oranges', 'always find the good {bite}',
  ],
  quality: [
    'laughs at themselves', 'asks good questions', 'can be quiet in a car', 'shares dessert', 'reads the signs at museums', 'dances badly and does not care', 'calls their grandmother',
    'is kind to waiters', 'returns shopping carts', 'has a favorite spoon', 'says what they mean', 'talks to dogs', 'stays for the end credits', 'knows a good joke',
    'is curious about everything', 'likes a plan but not too much', 'gets excited about small things', 'sends voice messages', 'eats the crust', 'is up for {dish} at midnight',
  ],
  'looking:0': [
    'Looking for something real.', 'Hoping to find my person.', 'Here for a relationship, not for a pen pal.', 'Looking for somebody to build something with.',
    'Ready for something serious with the right person.', 'Looking for the last first date.', 'I would like to delete this app with somebody.',
  ],
  'looking:1': [
    'Let us go on a good date and see.', 'Here to meet somebody nice and see where it goes.', 'Open to whatever comes after a good first date.', 'Dating, with an open mind.',
    'Let us start with a drink.', 'No checklist, just good dates.', 'Coffee first, then we will see.',
  ],
  'looking:2': [
    'Nothing too serious, please.', 'Keeping it light.', 'Here for fun and good company.', 'Easygoing, no pressure.', 'Not looking for anything heavy.', 'Let us keep it simple.',
  ],
  'looking:3': [
    'Here to make friends.', 'Looking for new friends, honestly.', 'Friends first.', 'Looking for people to do things with.', 'New friends welcome.', 'Mostly here for company and good talks.',
  ],
  resolution: [
    'more {dish}', 'fewer screens', 'call {person} more often', 'one book a month', 'learn to make {bake}', 'see {far}', 'sleep eight hours', 'less {task}', 'more {genre}',
    'keep the {plant} alive', 'say no sometimes', 'say yes more often', 'walk everywhere', 'write postcards', 'drink more water', 'be on time',
  ],
  resolution2: [
    'learn to make {dish}', 'go to {far}', 'keep a/an {plant} alive', 'finish "{book}"', 'stop buying mugs', 'go to bed before midnight', 'learn to whistle', 'sort out {task}',
    'call {person} every week', 'see {band} live', 'fix the {furniture}', 'run a race', 'learn to say no', 'take a real vacation',
  ],
  costume: [
    'a haunted {plant}', 'a tired wizard', 'a slice of pizza', 'the moon', 'a very formal ghost', 'a librarian from 1890', 'a jellyfish', 'a broken {gadget}', 'a detective with no clues',
    'a disco ball', 'a garden gnome', 'a lost tourist', 'a raccoon in a suit', 'a lighthouse', 'a traffic cone', 'a vampire on vacation', 'a pirate accountant',
  ],
  treedeed: ['knocked it over', 'eaten an ornament', 'claimed the space under it', 'stolen the star', 'unwrapped two presents', 'made friends with it'],
  soonfest: ['this weekend', 'tomorrow', 'on Saturday', 'on Sunday', 'later', 'with the whole family', 'rain or shine', 'after work'],
  festbest: [
    'a brass band on a truck', 'the {dish} stand', 'a seven-foot puppet', 'the kids\' parade', 'the {artthing} tent', 'a choir of plumbers', 'the dog in a tiny hat', 'the {bake} contest',
    'a man juggling melons', 'the {genre} stage', 'the sunset over the tents', 'the fire dancers', 'the old carousel', 'a stall that sells only {spice}',
  ],
  festbooth: ['information tent', 'lemonade stand', 'main stage', 'ticket booth', 'lost and found', 'ferris wheel', 'face painting corner'],
  feelingbad: ['tired', 'stuck', 'restless', 'overworked', 'gloomy', 'a bit lost', 'bored', 'lonely', 'out of ideas', 'worn out', 'grumpy'],
  plantdoes: ['has grown a leaf out of spite', 'is thriving on neglect', 'leans away from me', 'continues to decline', 'prefers {genre}', 'has outlived the pot'],
  personkind: [
    'helped me move a/an {furniture}', 'drove {span} to bring me {dish}', 'remembered my birthday', 'fixed my {gadget}', 'made me laugh for {span}', 'showed up with {bake}',
    'lent me a/an {gadget}', 'watered my {plant}', 'talked me through {task}', 'picked me up at the airport', 'saved me the last {bite}',
  ],
  opinion: [
    'breakfast for dinner is underrated', 'the corner piece is the best piece', 'naps are a skill', 'every city needs more benches', 'libraries are magic',
    'handwritten notes should come back', 'the book was better and also the movie was fine', 'leftovers taste better standing at the fridge',
    'small talk with cashiers is a love language', 'a good playlist fixes most things', 'you can never own too many mugs', 'thunderstorms are the best sleep sounds',
    'cold pizza beats hot pizza', 'socks are a great gift', 'silence in the car is fine', 'soup is a personality', 'window seats are worth the money',
    'the scenic route is always right', 'people who return shopping carts can be trusted', 'every plan should include a snack',
  ],
}

/** Emoji by topic and for small talk; the voice step picks from them. */
// biome-ignore format: dense lists
const EMOJI: Record<string, readonly string[]> = {
  'emoji:travel': ['✈️', '🌍', '🧳', '🗺️', '🚗', '😍', '🌅'],
  'emoji:outdoors': ['🏔️', '🌲', '☀️', '🥾', '🌊', '🍃', '🏕️'],
  'emoji:fitness': ['💪', '🏃', '🔥', '🙌', '😅', '🏋️', '👟'],
  'emoji:food': ['😋', '🍜', '🌮', '🤤', '☕', '🍕', '👩‍🍳'],
  'emoji:music': ['🎶', '🎸', '🎧', '🎵', '🕺', '🎤', '🙌'],
  'emoji:books': ['📚', '📖', '🤓', '☕', '🥲', '💛', '✍️'],
  'emoji:film': ['🍿', '🎬', '😭', '📺', '😱', '👀', '🛋️'],
  'emoji:art': ['🎨', '✨', '🖼️', '📷', '🖌️', '💫', '🌈'],
  'emoji:tech': ['🤓', '🎮', '💻', '🤖', '🎲', '🔧', '⚡'],
  'emoji:science': ['🔭', '🧠', '✨', '🤯', '🪐', '🔬', '🦕'],
  'emoji:pets': ['🐶', '🐾', '😻', '🥰', '🐕', '🐱', '💛'],
  'emoji:nightlife': ['🕺', '💃', '🍸', '🪩', '😂', '🎉', '🎤'],
  'emoji:home': ['🌱', '🏡', '🪴', '🧶', '🛋️', '🔨', '😌'],
  'emoji:everyday': ['😂', '🙃', '☀️', '😅', '🤷', '💛', '🙌'],
  'emoji:chat': ['😊', '😄', '🙂', '😁', '😂', '☺️', '🙌', '😅'],
  'emoji:warm': ['😊', '🥰', '☺️', '💛', '😄', '🎉'],
}

export const WORDS: Readonly<Record<string, readonly string[]>> = {
  ...PLACES_AND_TIMES,
  ...PEOPLE,
  ...FOOD,
  ...CULTURE,
  ...MIND,
  ...EMOJI,
}
