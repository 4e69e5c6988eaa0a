import type { Intent } from '../../../vocabulary.ts'

/**
 * Sentences of bios, by what they speak of. A bio is a few of them in an order that its shape gives. Conditions and
 * moods as in `../talk/line-table.ts`; `{noun}` … speak of the first interest, `{noun2}`, `{doing2}`, `{name2}` of the
 * second. Append-only.
 */
export const WHO: readonly string[] = [
  '{Job} in {city}.',
  '{Job}, {jobdetail}.',
  'I am {job}. {jobgood}.',
  'By day I am {job}, {jobdetail}.',
  '{Job} on weekdays, couch philosopher on Sundays.',
  'I am {job}, and yes, {jobstory^}.',
  'I work as {job}. {jobhard}, but I would not swap.',
  'mover> From {origin}, in {city} for {years}.',
  'mover> {City} by way of {origin}.',
  'mover> I grew up in {origin} and moved to {city} {years} ago.',
  'mover> {Years} in {city}, and I still get lost on purpose.',
  'mover> I came to {city} {years} ago with two bags and a lamp.',
  'native> Born and raised in {city}.',
  'native> {City}, all my life. I know the shortcuts.',
  'native> {City} native, which makes me a rare animal.',
  'native> I have lived in {city} forever and still take pictures of {sight}.',
  'sib> I have {sibhave}, so I know how to share.',
  'nosib> Only child, but I share my fries.',
  'I live {home}.',
  '{Job}. My mom still cannot explain to people what I do.',
  'Part-time {city} tour guide for everybody who visits me, full-time {job~}.',
  'My job ({job~}) pays for my hobbies, barely.',
  'You will find me in {city}, most likely at {sight}.',
  'Wanted to be {kid}, became {job}.',
]

export const ONE_INTEREST: readonly string[] = [
  'Ask me about {noun}.',
  'I could talk about {noun} for hours. {love}.',
  'Into {noun}, mostly. {love}.',
  'My weekends belong to {noun}.',
  'Most of my stories are about {noun}. {story}.',
  '{Noun} is how I stay sane. {love}.',
  '{start}. I have been into {noun} ever since.',
  '{Noun}: {love^}.',
  'If it has to do with {noun}, count me in.',
  'I spend my free time {doing}.',
  'I am happiest {doing}.',
  'Usually found {doing}.',
  'Currently very much into {noun}.',
  'I will talk you into {noun}, be warned.',
  'There is always time for {noun}.',
  'Things I am serious about: {noun}. Things I am not: the rest.',
  '{story}. That is what I am like.',
  'People say I talk about {noun} too much. {love}.',
  'Best day this year: one I spent {doing}.',
  'does> I am not great at {noun}, but I am keen.',
  'media> Recommend me something, I am always ready for more {name~}.',
  'food> I plan my week around {noun}.',
  'social> I am always looking for company for {noun}.',
  'quiet> {Noun} and a quiet evening, that is all I need.',
]

export const TWO_INTERESTS: readonly string[] = [
  '{Noun} and {noun2}, in that order.',
  'I love {noun} and {noun2}.',
  '{Noun} on weekdays, {noun2} on weekends.',
  'Half of my time goes into {noun}, the other half into {noun2}.',
  'If you like {noun} or {noun2}, we will get along.',
  'You can win me over with {noun}, and with {noun2} too.',
  'Two truths: I love {noun}, and I am useless without {noun2}.',
  '{Noun}, {noun2}, repeat.',
  'I split my free time between {noun} and {noun2}.',
  'Big fan of {noun}. Bigger fan of {noun2}.',
  'Talk to me about {noun}, {noun2}, or both.',
  '{Noun}. Also {noun2}. Rarely at the same time.',
  'I would rather be {doing} or {doing2}.',
  'Started with {noun}, ended up with {noun2} as well.',
  'My two constants are {noun} and {noun2}.',
  'I own too many things that have to do with {noun} and {noun2}.',
  'I like people who get excited about {noun}, {noun2}, or anything at all.',
  'Somewhere between {noun} and {noun2}.',
]

export const FACTS: readonly string[] = [
  'pet> I share my couch with {petname}, {pet}.',
  'pet> {petname} ({pet}) has to approve of you.',
  'pet> I come with {pet} called {petname}.',
  'pet> My photos are mostly of {petname}, {pet}, sorry in advance.',
  'pet> {petname} the {petword} is the better half of this profile.',
  'pet> Will talk about {petname}, my {petword}, without being asked.',
  'nopet> No pets, but I know every dog in my street.',
  'nopet> I own one fern, and we are doing our best.',
  'I make very good {dish}, or so I am told.',
  'The way to my heart is {dish}.',
  'I will never say no to {dish}.',
  'I have strong opinions about {dish}.',
  '{Dish} is my love language.',
  'I judge places by their {dish}.',
  '{Drink} first, then we talk.',
  'More {drink} than water, if I am honest.',
  'I take my {drink} very seriously.',
  'Running on {drink}.',
  'early> Early bird, so brunch is my dinner.',
  'early> Up at six, in a good mood, sorry.',
  'early> I like mornings. I know.',
  'late> Night owl, so please do not call before ten.',
  'late> My best ideas come after midnight.',
  'late> I do not do mornings, but I do late dinners.',
  'I want to learn to {skill}.',
  'On my list: learn to {skill}.',
  'One day I will {skill}. You are invited.',
  'Next trip: {trip}, {tripwhy}.',
  'Saving up for {trip}.',
  'Take me to {trip} and I am yours.',
  'Dreaming of {trip}, {tripwhy}.',
  'Currently watching {show}.',
  'In the evenings you will find me watching {show}.',
  'When I was little I wanted to be {kid}.',
  'My favorite place in {city} is {sight}.',
  'Best hour of the week: alone at {roof}.',
  'Find me around {sight} when the weather is good.',
  'I live {home}, and I like it that way.',
  'sib> My favorite people: {sib} and whoever brings cake.',
  'nosib> I grew up an only child with a big imagination.',
]

export const QUIRKS: readonly string[] = [
  'I laugh at my own jokes, somebody has to.',
  'I wave at trains.',
  'I read the last page first, and I am not sorry.',
  'I have eleven tote bags and no plan.',
  'Excellent at parallel parking, terrible at goodbyes.',
  'I keep every postcard I ever got.',
  'I am the one who reads every sign in the museum.',
  'I talk to plants, dogs and vending machines.',
  'I believe that soup is a meal.',
  'I will beat you at cards and apologize.',
  'I own a label maker, and I use it.',
  'I cry at commercials and laugh at funerals, only once.',
  'My superpower is finding the slowest line.',
  'I know the words to far too many jingles.',
  'I am always five minutes early or an hour late.',
  'I take the window seat, you take the snacks.',
  'I still write letters.',
  'I have never won an argument with a cat.',
  'I lose umbrellas like other people lose socks.',
  'Small talk is fine, but I prefer medium talk.',
  'I dance in the kitchen, badly and often.',
  'I can whistle anything you can hum.',
  'I say hello to every dog and half of the owners.',
  'I put hot sauce on things that did not ask for it.',
  'My phone is always at nine percent.',
  'I am told that I give good hugs.',
  'I tip well and sing badly.',
  'I am fluent in bad puns.',
  'I get lost in my own building.',
  'I have a favorite spoon.',
  'I clap when the plane lands.',
  'Terrible at bowling, great company at bowling.',
]

export const LOOKING: Readonly<Record<Intent, readonly string[]>> = {
  relationship: [
    'Looking for something that lasts.', 'Hoping to find my person, no rush.', 'Here for the real thing.', 'I would like somebody to do the crossword with.',
    'Looking for a partner in crime, minus the crime.', 'Hoping to delete this app for a good reason.', 'I want a love that survives furniture assembly.',
    'Looking for somebody to call first with good news.', 'Slow and serious, please.', 'Here for one good one.',
  ],
  dating: [
    'Here for good dates and good stories.', 'Let us start with a coffee and see.', 'Open to whatever feels right.', 'Looking for good company and a second date.',
    'I like first dates, and second ones even more.', 'Here to meet somebody interesting.', 'No checklist, just curiosity.', 'Let us see where it goes.',
    'Ask me out, I say yes a lot.', 'One good evening at a time.',
  ],
  casual: [
    'Nothing too serious right now.', 'Keeping it light.', 'Here for fun and honest people.', 'Easygoing, and looking for the same.',
    'No drama, good snacks.', 'Not looking for a wedding, looking for a good evening.', 'Casual, kind and clear.', 'Let us keep it simple.',
    'Here for a good time and a good talk.', 'Light and easy, please.',
  ],
  friends: [
    'Here to make friends, honestly.', 'Looking for people to do things with.', 'My friends moved away, so I need new ones.', 'Friends first, and last, and that is fine.',
    'Looking for a walking buddy or a dinner crowd.', 'Here for friendship and good stories.', 'I need a plus-one for life, the friend kind.', 'New friends wanted.',
    'Not here for romance, here for board games and brunch.', 'Let us be friends.',
  ],
}

/** Last words that ask for a message. */
export const CLOSINGS: readonly string[] = [
  'Say hi.', 'Tell me about your week.', 'Your turn.', 'Tell me your best joke.', 'Ask me anything.', 'Write first, I am shy.', 'What are you up to?', 'Tell me something I do not know.',
  'Coffee or tea?', 'Send me your favorite song.', 'Recommend me a book.', 'What made you smile today?', 'Swipe right if you can cook.', 'I promise I am nicer than this text.',
]

/**
 * In which order the sentences come: w who, i one interest, j two, f a fact, q a quirk, l what they look for, c a last
 * word. By length: short, medium, long.
 */
export const SHAPES: readonly (readonly string[])[] = [
  ['i', 'j', 'w', 'f', 'q', 'il', 'jc', 'wj', 'wi', 'fi', 'jf', 'qj', 'wl', 'jl'],
  ['wil', 'wjl', 'jfl', 'wif', 'ifc', 'wjq', 'qjl', 'fjl', 'wfl', 'jqc', 'fil', 'iql', 'wfc', 'ijl'],
  ['wifl', 'wjfl', 'wjfql', 'iwfl', 'wjqlc', 'fjwl', 'qwjfl', 'jwfqc', 'wifqlc', 'ijwfl', 'wfjl', 'wiqfl'],
]
