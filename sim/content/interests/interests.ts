import { TOPICS, type Topic } from '../vocabulary.ts'

/**
 * The taxonomy of interests. Ids are positions and enter facts: rows are appended, never moved or removed, and each
 * append raises `CONTENT_VERSION`.
 */
export interface Interest {
  /** Position in `INTERESTS`. */
  readonly id: number
  /** Title as a profile shows it: "Rock climbing". Unique. */
  readonly name: string
  /** Noun phrase in the middle of a sentence: "rock climbing". */
  readonly noun: string
  /** True when the noun takes a plural verb: "board games are". */
  readonly plural: boolean
  /** Gerund phrase, after "I love" or "into": "going rock climbing". */
  readonly doing: string
  /** Bare infinitive, after "we should" or "I want to": "go rock climbing". */
  readonly do: string
  /** Position in `SUBJECTS`. */
  readonly subject: number
  /** Code of the topic of posts about it. */
  readonly topic: number
  /** How common it is among all people, 1 rare to 5 very common (chosen); 0: nobody has it. */
  readonly popularity: number
  /** The title in the middle of a sentence, where it is not the title in small letters. */
  readonly inText?: string
}

/** Headings under which a profile form lists the interests. */
export const SUBJECTS = [
  'Outdoors',
  'Fitness & sports',
  'Travel',
  'Food & drink',
  'Music',
  'Books & writing',
  'Film & TV',
  'Art & design',
  'Tech & games',
  'Science & ideas',
  'Home & animals',
  'Going out',
] as const
export type Subject = (typeof SUBJECTS)[number]

type Row = readonly [
  Subject,
  Topic,
  popularity: number,
  name: string,
  noun: string,
  doing: string,
  verb: string,
  'are'?,
]

// biome-ignore format: one interest a line
const ROWS: readonly Row[] = [
  ['Outdoors', 'outdoors', 5, 'Hiking', 'hiking', 'going hiking', 'go hiking'],
  ['Outdoors', 'outdoors', 4, 'Camping', 'camping', 'going camping', 'go camping'],
  ['Outdoors', 'outdoors', 3, 'Rock climbing', 'rock climbing', 'going rock climbing', 'go rock climbing'],
  ['Outdoors', 'outdoors', 2, 'Kayaking', 'kayaking', 'going kayaking', 'go kayaking'],
  ['Outdoors', 'outdoors', 2, 'Surfing', 'surfing', 'going surfing', 'go surfing'],
  ['Outdoors', 'outdoors', 3, 'Skiing', 'skiing', 'going skiing', 'go skiing'],
  ['Outdoors', 'outdoors', 2, 'Fishing', 'fishing', 'going fishing', 'go fishing'],
  ['Outdoors', 'outdoors', 2, 'Birdwatching', 'birdwatching', 'watching birds', 'go birdwatching'],
  ['Outdoors', 'outdoors', 2, 'Mountain biking', 'mountain biking', 'going mountain biking', 'go mountain biking'],
  ['Outdoors', 'outdoors', 2, 'Snorkeling', 'snorkeling', 'going snorkeling', 'go snorkeling'],
  ['Fitness & sports', 'fitness', 4, 'Running', 'running', 'going for a run', 'go for a run'],
  ['Fitness & sports', 'fitness', 4, 'Yoga', 'yoga', 'doing yoga', 'do some yoga'],
  ['Fitness & sports', 'fitness', 4, 'Weightlifting', 'weightlifting', 'lifting weights', 'hit the gym'],
  ['Fitness & sports', 'fitness', 3, 'Cycling', 'cycling', 'going for bike rides', 'go for a bike ride'],
  ['Fitness & sports', 'fitness', 3, 'Swimming', 'swimming', 'going swimming', 'go swimming'],
  ['Fitness & sports', 'fitness', 2, 'Tennis', 'tennis', 'playing tennis', 'play tennis'],
  ['Fitness & sports', 'fitness', 3, 'Pickleball', 'pickleball', 'playing pickleball', 'play pickleball'],
  ['Fitness & sports', 'fitness', 3, 'Basketball', 'basketball', 'playing basketball', 'play some basketball'],
  ['Fitness & sports', 'fitness', 3, 'Soccer', 'soccer', 'playing soccer', 'play soccer'],
  ['Fitness & sports', 'fitness', 2, 'Martial arts', 'martial arts', 'training martial arts', 'try a martial arts class', 'are'],
  ['Fitness & sports', 'fitness', 2, 'Bouldering', 'bouldering', 'going bouldering', 'go bouldering'],
  ['Fitness & sports', 'fitness', 2, 'Pilates', 'pilates', 'doing pilates', 'take a pilates class'],
  ['Travel', 'travel', 5, 'Road trips', 'road trips', 'taking road trips', 'take a road trip', 'are'],
  ['Travel', 'travel', 3, 'Backpacking', 'backpacking', 'going backpacking', 'go backpacking'],
  ['Travel', 'travel', 3, 'City breaks', 'city breaks', 'exploring new cities', 'explore a new city', 'are'],
  ['Travel', 'travel', 4, 'National parks', 'national parks', 'visiting national parks', 'visit a national park', 'are'],
  ['Travel', 'travel', 3, 'Beach vacations', 'beach vacations', 'going to the beach', 'spend a day at the beach', 'are'],
  ['Travel', 'travel', 2, 'Train travel', 'train travel', 'traveling by train', 'take a long train ride'],
  ['Travel', 'travel', 2, 'Learning languages', 'learning languages', 'learning languages', 'learn a new language'],
  ['Travel', 'travel', 2, 'Solo travel', 'solo travel', 'traveling solo', 'plan a trip'],
  ['Travel', 'travel', 2, 'Scuba diving', 'scuba diving', 'going scuba diving', 'go scuba diving'],
  ['Food & drink', 'food', 5, 'Cooking', 'cooking', 'cooking', 'cook something together'],
  ['Food & drink', 'food', 4, 'Baking', 'baking', 'baking', 'bake something'],
  ['Food & drink', 'food', 4, 'Coffee', 'coffee', 'trying new coffee shops', 'grab a coffee'],
  ['Food & drink', 'food', 3, 'Wine tasting', 'wine tasting', 'going to wine tastings', 'go to a wine tasting'],
  ['Food & drink', 'food', 2, 'Craft beer', 'craft beer', 'visiting breweries', 'check out a brewery'],
  ['Food & drink', 'food', 3, 'Street food', 'street food', 'hunting down street food', 'hunt down some street food'],
  ['Food & drink', 'food', 3, 'Tacos', 'tacos', 'eating tacos', 'go get tacos', 'are'],
  ['Food & drink', 'food', 3, 'Sushi', 'sushi', 'going out for sushi', 'go out for sushi'],
  ['Food & drink', 'food', 2, 'Barbecue', 'barbecue', 'firing up the grill', 'have a barbecue'],
  ['Food & drink', 'food', 3, 'Brunch', 'brunch', 'going out for brunch', 'get brunch'],
  ['Food & drink', 'food', 2, 'Ramen', 'ramen', 'finding good ramen', 'get ramen'],
  ['Music', 'music', 5, 'Live music', 'live music', 'going to concerts', 'go to a concert'],
  ['Music', 'music', 3, 'Playing guitar', 'guitar', 'playing guitar', 'play some guitar'],
  ['Music', 'music', 2, 'Piano', 'the piano', 'playing the piano', 'play the piano'],
  ['Music', 'music', 3, 'Vinyl records', 'vinyl records', 'collecting vinyl records', 'go digging for records', 'are'],
  ['Music', 'music', 2, 'Jazz', 'jazz', 'listening to jazz', 'go to a jazz night'],
  ['Music', 'music', 3, 'Hip hop', 'hip hop', 'listening to hip hop', 'listen to some hip hop'],
  ['Music', 'music', 3, 'Indie rock', 'indie rock', 'listening to indie rock', 'see an indie band'],
  ['Music', 'music', 2, 'Classical music', 'classical music', 'listening to classical music', 'go to the symphony'],
  ['Music', 'music', 3, 'Music festivals', 'music festivals', 'going to music festivals', 'go to a music festival', 'are'],
  ['Music', 'music', 3, 'Country music', 'country music', 'listening to country music', 'go to a country show'],
  ['Books & writing', 'books', 4, 'Reading novels', 'novels', 'reading novels', 'swap novels', 'are'],
  ['Books & writing', 'books', 3, 'Science fiction', 'science fiction', 'reading science fiction', 'trade science fiction books'],
  ['Books & writing', 'books', 3, 'Mystery novels', 'mystery novels', 'reading mystery novels', 'swap mystery novels', 'are'],
  ['Books & writing', 'books', 2, 'Poetry', 'poetry', 'reading poetry', 'go to a poetry reading'],
  ['Books & writing', 'books', 3, 'Bookstores', 'bookstores', 'wandering through bookstores', 'wander through a bookstore', 'are'],
  ['Books & writing', 'books', 2, 'Creative writing', 'creative writing', 'writing short stories', 'write something together'],
  ['Books & writing', 'books', 2, 'Journaling', 'journaling', 'keeping a journal', 'pick out a new journal'],
  ['Books & writing', 'books', 2, 'Book clubs', 'book clubs', 'going to book club', 'start a book club', 'are'],
  ['Books & writing', 'books', 2, 'Fantasy novels', 'fantasy novels', 'reading fantasy novels', 'swap fantasy novels', 'are'],
  ['Film & TV', 'film', 4, 'Movie nights', 'movie nights', 'having movie nights', 'have a movie night', 'are'],
  ['Film & TV', 'film', 2, 'Indie films', 'indie films', 'watching indie films', 'catch an indie film', 'are'],
  ['Film & TV', 'film', 3, 'Horror movies', 'horror movies', 'watching horror movies', 'watch a horror movie', 'are'],
  ['Film & TV', 'film', 3, 'Documentaries', 'documentaries', 'watching documentaries', 'watch a documentary', 'are'],
  ['Film & TV', 'film', 3, 'Anime', 'anime', 'watching anime', 'watch some anime'],
  ['Film & TV', 'film', 2, 'Classic films', 'classic films', 'watching classic films', 'see a classic on the big screen', 'are'],
  ['Film & TV', 'film', 3, 'Reality TV', 'reality TV', 'watching reality TV', 'watch some trashy reality TV'],
  ['Film & TV', 'film', 3, 'True crime', 'true crime', 'watching true crime', 'watch some true crime'],
  ['Film & TV', 'film', 2, 'Musicals', 'musicals', 'going to musicals', 'see a musical', 'are'],
  ['Art & design', 'art', 3, 'Photography', 'photography', 'taking photos', 'go out and take photos'],
  ['Art & design', 'art', 3, 'Painting', 'painting', 'painting', 'paint something'],
  ['Art & design', 'art', 2, 'Pottery', 'pottery', 'making pottery', 'take a pottery class'],
  ['Art & design', 'art', 4, 'Museums', 'museums', 'wandering around museums', 'go to a museum', 'are'],
  ['Art & design', 'art', 2, 'Sketching', 'sketching', 'sketching people in cafes', 'go sketching'],
  ['Art & design', 'art', 2, 'Architecture', 'architecture', 'looking at old buildings', 'take an architecture tour'],
  ['Art & design', 'art', 3, 'Fashion', 'fashion', 'putting outfits together', 'go window shopping'],
  ['Art & design', 'art', 2, 'Street art', 'street art', 'looking for street art', 'go find some street art'],
  ['Art & design', 'art', 3, 'Theater', 'theater', 'going to the theater', 'see a play'],
  ['Tech & games', 'tech', 4, 'Video games', 'video games', 'playing video games', 'play some video games', 'are'],
  ['Tech & games', 'tech', 3, 'Board games', 'board games', 'playing board games', 'play board games', 'are'],
  ['Tech & games', 'tech', 2, 'Programming', 'programming', 'building little apps', 'build something together'],
  ['Tech & games', 'tech', 2, 'Chess', 'chess', 'playing chess', 'play chess'],
  ['Tech & games', 'tech', 2, 'Tabletop RPGs', 'tabletop RPGs', 'playing tabletop RPGs', 'start a campaign', 'are'],
  ['Tech & games', 'tech', 2, 'Gadgets', 'gadgets', 'tinkering with gadgets', 'tinker with something', 'are'],
  ['Tech & games', 'tech', 1, '3D printing', '3D printing', 'printing odd little things', 'print something silly'],
  ['Tech & games', 'tech', 3, 'Podcasts', 'podcasts', 'listening to podcasts', 'trade podcast recommendations', 'are'],
  ['Tech & games', 'tech', 1, 'Electronics', 'electronics', 'soldering things together', 'build a small robot'],
  ['Science & ideas', 'science', 3, 'Astronomy', 'astronomy', 'looking at the stars', 'go stargazing'],
  ['Science & ideas', 'science', 3, 'Psychology', 'psychology', 'reading about psychology', 'talk about how people work'],
  ['Science & ideas', 'science', 3, 'History', 'history', 'reading about history', 'visit a historic site'],
  ['Science & ideas', 'science', 2, 'Philosophy', 'philosophy', 'talking about philosophy', 'have a long talk about philosophy'],
  ['Science & ideas', 'science', 2, 'Science museums', 'science museums', 'going to science museums', 'go to a science museum', 'are'],
  ['Science & ideas', 'science', 2, 'Sustainability', 'sustainability', 'finding ways to waste less', 'join a park cleanup'],
  ['Science & ideas', 'science', 1, 'Geology', 'geology', 'collecting rocks', 'go looking for rocks'],
  ['Science & ideas', 'science', 2, 'Trivia', 'trivia', 'playing trivia', 'go to a trivia night'],
  ['Science & ideas', 'science', 2, 'Public lectures', 'public lectures', 'going to public lectures', 'go to a lecture', 'are'],
  ['Home & animals', 'pets', 5, 'Dogs', 'dogs', 'playing with dogs', 'take the dogs out', 'are'],
  ['Home & animals', 'pets', 4, 'Cats', 'cats', 'hanging out with cats', 'go to a cat cafe', 'are'],
  ['Home & animals', 'pets', 2, 'Horseback riding', 'horseback riding', 'riding horses', 'go horseback riding'],
  ['Home & animals', 'pets', 1, 'Aquariums', 'aquariums', 'visiting aquariums', 'go to the aquarium', 'are'],
  ['Home & animals', 'pets', 2, 'Animal shelters', 'animal shelters', 'volunteering at the animal shelter', 'visit the animal shelter', 'are'],
  ['Home & animals', 'home', 3, 'Gardening', 'gardening', 'working in the garden', 'plant something'],
  ['Home & animals', 'home', 3, 'Houseplants', 'houseplants', 'collecting houseplants', 'visit a plant shop', 'are'],
  ['Home & animals', 'home', 2, 'Knitting', 'knitting', 'knitting', 'knit something'],
  ['Home & animals', 'home', 2, 'Woodworking', 'woodworking', 'building furniture', 'build something out of wood'],
  ['Home & animals', 'home', 2, 'Interior design', 'interior design', 'rearranging my apartment', 'go furniture hunting'],
  ['Home & animals', 'home', 2, 'Home improvement', 'home improvement', 'fixing up my place', 'fix something up'],
  ['Home & animals', 'home', 2, 'Puzzles', 'puzzles', 'doing jigsaw puzzles', 'do a jigsaw puzzle', 'are'],
  ['Going out', 'nightlife', 4, 'Dancing', 'dancing', 'going out dancing', 'go dancing'],
  ['Going out', 'nightlife', 3, 'Karaoke', 'karaoke', 'singing karaoke', 'go to karaoke'],
  ['Going out', 'nightlife', 3, 'Cocktail bars', 'cocktail bars', 'trying new cocktail bars', 'try a new cocktail bar', 'are'],
  ['Going out', 'nightlife', 3, 'Stand-up comedy', 'stand-up comedy', 'going to stand-up shows', 'go to a comedy show'],
  ['Going out', 'nightlife', 2, 'Salsa dancing', 'salsa dancing', 'dancing salsa', 'go salsa dancing'],
  ['Going out', 'nightlife', 2, 'Bowling', 'bowling', 'going bowling', 'go bowling'],
  ['Going out', 'nightlife', 2, 'Arcade bars', 'arcade bars', 'playing old arcade games', 'go to an arcade bar', 'are'],
  ['Going out', 'everyday', 3, 'Farmers markets', 'farmers markets', 'going to the farmers market', 'go to the farmers market', 'are'],
  ['Going out', 'everyday', 3, 'Thrift shopping', 'thrift shopping', 'going thrifting', 'go thrifting'],
  ['Going out', 'everyday', 3, 'Volunteering', 'volunteering', 'volunteering', 'volunteer somewhere'],
  ['Going out', 'everyday', 3, 'Long walks', 'long walks', 'taking long walks', 'go for a long walk', 'are'],
  ['Going out', 'everyday', 2, 'Picnics', 'picnics', 'having picnics in the park', 'have a picnic', 'are'],
  ['Going out', 'everyday', 2, 'Flea markets', 'flea markets', 'browsing flea markets', 'go to a flea market', 'are'],
]

function read([subject, topic, popularity, name, noun, doing, verb, are]: Row, id: number): Interest {
  return {
    id,
    name,
    noun,
    plural: are === 'are',
    doing,
    do: verb,
    subject: SUBJECTS.indexOf(subject),
    topic: TOPICS.indexOf(topic),
    popularity,
  }
}

export const INTERESTS: readonly Interest[] = ROWS.map(read)
