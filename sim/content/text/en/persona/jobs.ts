import { contracted } from '../words/contractions.ts'

/** What people do for a living. Append-only: a person's job is a place in this list. */
export interface Job {
  /** With its article: "a nurse". */
  readonly title: string
  /** Completes "I'm a nurse, …": where or what exactly. */
  readonly detail: string
  /** What is good about it, a sentence. */
  readonly good: string
  /** What is hard about it, a sentence. */
  readonly hard: string
  /** A yes/no question that others ask, and the answer. */
  readonly ask: string
  readonly answer: string
  /** Something that happened at work lately, a sentence. */
  readonly story: string
}

type Row = readonly [
  title: string,
  detail: string,
  good: string,
  hard: string,
  ask: string,
  answer: string,
  story: string,
]

// biome-ignore format: one job a line
const ROWS: readonly Row[] = [
  ['a nurse', 'in pediatrics', 'The kids are hilarious and my team is great', 'The night shifts get to me', 'Do you work a lot of nights?', 'Yes, about one week in three, and my sleep takes it personally', 'a six-year-old at work asked me if I live at the hospital'],
  ['a teacher', 'fourth grade', 'The kids say something brilliant every single day', 'The grading never ends', 'Do your students know that you have a life outside of school?', 'No, one of them saw me buying milk and was shocked', 'one of my students corrected my spelling and was right'],
  ['a software engineer', 'mostly for a company that makes maps', 'I like solving puzzles, and I get paid for it', 'The meetings could be half as long', 'Do people ask you to fix their printers?', 'Yes, all the time, and I still cannot fix printers', 'I spent two days looking for a bug that turned out to be one missing comma'],
  ['a barista', 'at a little place on a corner', 'I know the whole neighborhood by their orders', 'The early alarm is no joke', 'Do you draw hearts in the foam?', 'Yes, although most of them look like onions', 'a regular brought me a plant because I look like I would keep it alive'],
  ['a graphic designer', 'mostly for small food brands', 'I get to draw labels for hot sauce', 'Everybody wants the logo bigger', 'Do you judge menus by their fonts?', 'Yes, always, and in silence', 'a client sent back a design because the green was too green'],
  ['an accountant', 'at a small firm', 'I like it when the numbers come out even', 'Tax season eats me alive every year', 'Is it as quiet as people think?', 'Yes, most of the year, and I like that about it', 'a client handed me a shoebox of receipts, and it was an actual shoebox'],
  ['a physical therapist', 'mostly for knees and backs', 'I get to see people walk out better than they came in', 'Nobody does their exercises at home', 'Do you notice how people walk on the street?', 'Yes, I cannot turn it off', 'a patient of mine ran a whole mile again and called me from the park'],
  ['a line cook', 'at a place with a very small kitchen', 'The crew is like family', 'My weekends are on Mondays', 'Do you still cook at home?', 'Yes, but it is mostly eggs at midnight', 'I chopped forty pounds of onions and did not cry once'],
  ['an electrician', 'mostly in old houses', 'No two days are the same', 'Attics in summer are brutal', 'Do you find strange things behind walls?', 'Yes, I once found a love letter from 1962', 'I found a newspaper from 1948 inside a wall'],
  ['a librarian', 'at a branch with a very busy kids section', 'I get to hand people the right book', 'People think I read all day', 'Do you tell people to be quiet?', 'No, the kids do it for me', 'a little boy asked me for the biggest book we have, and then carried it home'],
  ['a vet tech', 'at a clinic for small animals', 'I get to hold puppies for a living', 'The goodbyes never get easier', 'Do the animals remember you?', 'Yes, and the cats never forgive', 'a parrot at the clinic learned to imitate my laugh'],
  ['a social worker', 'with families', 'When it works, it really matters', 'I take some of it home with me', 'Do you get enough time to rest?', 'Not always, so I am strict about my Sundays', 'a family I work with got the keys to their new place'],
  ['a dental hygienist', 'at a family practice', 'I like a job where I can see the result', 'Nobody is ever happy to see me', 'Do people lie to you about flossing?', 'Yes, every day, and I always know', 'a patient fell asleep in my chair and snored'],
  ['an architect', 'mostly for schools and libraries', 'Walking into a building that used to be a drawing is the best', 'Everything takes years', 'Do you look at buildings all the time?', 'Yes, I walk into lampposts because I look up', 'a school that we designed opened, and the kids ran straight for the stairs with the slide'],
  ['a mail carrier', 'on a route with a lot of hills', 'I know every dog on my route by name', 'The weather does not care about me', 'Do the dogs like you?', 'Yes, I carry treats, so I am very popular', 'a kid on my route gave me a drawing of my truck'],
  ['a paralegal', 'at an office with far too many boxes', 'I like finding the one page that matters', 'The hours get long before a trial', 'Do you watch courtroom shows?', 'Yes, and I complain the whole time', 'I found the missing page in box thirty-one of thirty-two'],
  ['a florist', 'in a shop near the market', 'I smell like eucalyptus all day', "February is not a month, it's a battle", 'Do you get flowers yourself?', 'No, everybody thinks I have enough', 'a man bought a bouquet for his dentist and would not say why'],
  ['a bike mechanic', 'in a shop with two very spoiled cats', 'I like sending people home on something that works', 'My hands are never quite clean', 'Do you ride to work?', 'Yes, even when I should not', 'a customer brought in a bike that had been underwater for a year'],
  ['a data analyst', 'for the city buses', 'I like finding out why the bus is late', 'I dream in spreadsheets', 'Do you count things in your free time?', 'Yes, stairs, mostly', 'I made a chart that was so clear that the meeting ended early'],
  ['a pastry chef', 'at a bakery', 'Everybody is happy to see me with a tray', 'I get up when other people go to bed', 'Do you get tired of sweets?', 'Yes, I snack on pickles at work', 'I dropped a three-tier cake and somehow caught two of the tiers'],
  ['a hairdresser', 'in a salon with three chairs', 'People tell me everything', 'My feet hurt by five', 'Do people tell you their secrets?', 'Yes, and they are safe with me', 'a customer asked me to make her look like her own dog, and I did'],
  ['a sound engineer', 'mostly for small venues', 'I hear a lot of bands before they are any good', 'My evenings are usually booked', 'Do you wear earplugs?', 'Yes, always, and so should everybody', 'a singer thanked the sound engineer by name, and it was my name'],
  ['a park ranger', 'at a state park not far from here', 'My office has trees in it', 'People feed the squirrels no matter what the sign says', 'Do you get to wear the hat?', 'Yes, and I will not pretend that I do not love it', 'I had to explain to a visitor that the geese are not lost'],
  ['a project manager', 'in construction', 'I like it when a plan survives the week', 'It is a lot of phone calls', 'Do you make lists at home, too?', 'Yes, color-coded ones', 'three trucks showed up on the same morning, and all three were early'],
  ['a pharmacist', 'in a neighborhood pharmacy', 'I can actually help people in five minutes', 'The phone never stops ringing', 'Can you read any handwriting?', 'Yes, it is my one superpower', 'an older customer brought me soup because I looked tired'],
  ['a flight attendant', 'on short routes, mostly', 'I have had breakfast in a lot of cities', 'My fridge is always empty', 'Do you still look out of the window?', 'Yes, at every single sunrise', 'a grandmother on my flight flew for the first time and held my hand'],
  ['a welder', 'in a workshop by the tracks', 'I make things that outlive me', 'The gear is hot and heavy', 'Do you make things for yourself?', 'Yes, my bookshelf could stop a truck', 'I finished a staircase and ran up and down it like a kid'],
  ['a museum guide', 'mostly with school groups', 'Kids ask better questions than adults', 'I have told the same joke a thousand times', 'Do you have a favorite room?', 'Yes, the one with the maps, because nobody goes in there', 'a kid asked me whether I was part of the exhibition'],
  ['a translator', 'mostly manuals and the occasional novel', 'I can do it in slippers', 'Nobody notices when I do it well', 'Do you dream in more than one language?', 'Yes, and I am wittier in the other one', 'I translated a whole manual for a coffee machine that I now want'],
  ['a real estate agent', 'mostly first homes', 'I like the moment when people get their keys', 'My phone thinks it owns me', 'Do you look at houses for fun, too?', 'Yes, I slow down at every sign', 'a couple bought a house because of its lemon tree'],
  ['a firefighter', 'at a station with a very good cook', 'The crew would do anything for each other', 'The alarm has no sense of timing', 'Do you really get cats out of trees?', 'Yes, twice so far, and both cats were angry', 'a class visited the station, and one kid would not let go of the hose'],
  ['a lab technician', 'in a hospital lab', 'I like the quiet and the machines', 'The coats are not flattering', 'Is it like on television?', 'No, there is much more labeling', 'a coworker labeled the fridge in the break room as an experiment, and it worked'],
  ['a video editor', 'mostly short documentaries', 'I like finding the story in hours of footage', 'My eyes are square by Friday', 'Do you notice cuts when you watch movies?', 'Yes, it ruins about half of them', 'I cut three hours of interviews down to four minutes, and the director cried'],
  ['a carpenter', 'mostly kitchens and stairs', 'The smell of the workshop is half the pay', 'I take home a lot of splinters', 'Did you build your own furniture?', 'Yes, except the bed, which I keep putting off', 'a customer baked a pie for me in the kitchen I built'],
  ['a bookseller', 'in a small shop', 'I get to press books into the hands of strangers', 'It does not make anybody rich', 'Do you take a lot of books home?', 'Yes, about half of my pay goes into them', 'a customer came back just to tell me that I had been right about a book'],
  ['a yoga teacher', 'mostly beginners', 'I like watching people surprise themselves', 'I talk about breathing all day and forget to do it', 'Can you do a handstand?', 'Yes, next to a wall, like everybody else', 'a whole class fell over at the same time, including me'],
  ['a bus driver', 'on the long line across town', 'I see the whole city wake up', 'Traffic is traffic', 'Do people thank you when they get off?', 'Yes, most of them, and it makes my day', 'a passenger sang the whole way and people clapped when she got off'],
  ['an event planner', 'mostly weddings', 'I get to see people on their best day', 'There is always one cousin with a microphone', 'Do you cry at the weddings?', 'Yes, at the speeches, every time', 'the cake went to the wrong wedding, and both couples took it well'],
  ['a copywriter', 'for everything from oat milk to tents', 'I get to play with words all day', 'Everybody thinks they can write', 'Do you read the back of every package?', 'Yes, and I rewrite it in my head', 'I spent a whole day on six words, and they kept two'],
  ['a music teacher', 'piano and a bit of choir', 'Hearing a kid get it for the first time is the best', 'I hear the same four songs all year', 'Do your students practice?', 'No, but they have wonderful excuses', 'a student wrote me a song with two chords, and now it is stuck in my head'],
  ['a landscaper', 'mostly gardens and a few rooftops', 'I get to be outside and call it work', 'My back complains about it', 'Do you have a garden yourself?', 'No, only a balcony, and it is a jungle', 'I found the glove that I lost last year, inside a hedge'],
  ['a research assistant', 'in a biology lab', 'I get to ask questions nobody has asked before', 'The mice have a better schedule than I do', 'Do your parents understand what you do?', 'No, they tell people that I work with microscopes, which is close', 'the experiment worked on the first try, so now nobody trusts it'],
  ['a tailor', 'in an alterations shop', 'I like giving clothes a second life', 'Everybody needs it by tomorrow', 'Do you look at seams all the time?', 'Yes, I read people by their hems', 'a customer brought me a coat that three generations had worn'],
  ['a hotel receptionist', 'at a small place downtown', 'I get to be the first friendly face after a long trip', 'Some guests save up their bad mood for me', 'Do you see strange things at work?', 'Yes, and I will never say which room', 'a guest came down in pajamas to play the lobby piano, and it was beautiful'],
]

export const JOB_COUNT = ROWS.length

const made: Job[] = []

function read(row: Row): Job {
  const [title, detail, good, hard, ask, answer, story] = row.map(contracted) as unknown as Row
  return { title, detail, good, hard, ask, answer, story }
}

/** The job of a code, made ready when it is first asked for. */
export function jobOf(code: number): Job {
  const place = code % JOB_COUNT
  made[place] ??= read(ROWS[place]!)
  return made[place]
}
