import type { Topic } from '../../../../vocabulary.ts'

/** Posts on holidays (in the order of `HOLIDAYS`), on festivals and on what trends. Append-only. */
export const HOLIDAY_POSTS: readonly (readonly string[])[] = [
  [
    '~good> Happy New Year[, everyone|, {city}|]! [My only resolution: more {dish}.|Here is to a good one.|I have already broken one resolution.|Let it be a kind one.]',
    '~fun> New year, same me, but with [better socks|a clean kitchen|a calendar]. {tail}',
    '~nice> My resolutions: [call my mom more often|finish one thing at a time|drink more water|read before bed], and learn to {skill}. [What are yours?|Let us see.|I give it until March.]',
    '!night ~cozy> First day of the year: {drink}, pajamas, no plans. {tail}',
    '!night ~fun> I was in bed before midnight and heard the year arrive from under a pillow. {tail}',
    '!night ~good> First walk of the year, around {sight}. {tail}',
    '~deep> Looking back at the year: [I laughed more than I thought I would|I said yes to the right things|I lost one umbrella and found two friends]. [I will take it.|On to the next one.|Thank you, everyone.]',
    '!night !evening ~fun> The gym is full, the bakery is empty, so [I know where I am going|guess where I am]. {tail}',
    '~nice> This is the year I learn to {skill}. [Hold me to it.|You are my witnesses.|I have said it out loud now.]',
    '!night ~tired> The fireworks kept [the whole street|everyone on my floor] awake. Happy New Year, I suppose. {tail}',
  ],
  [
    "~nice> Happy Valentine's Day to [my neighbors|whoever needs it|all the single socks|{city}]. [Eat something sweet.|Call someone you love.|And to you, too.|]",
    '~fun> My valentine is {dish}. We are very happy together. {tail}',
    "~cozy> Valentine's plan: {dish} for one and {show}. {tail}",
    '~fun> Tomorrow the chocolate is half price. That is my kind of romance. {tail}',
    "pet ~cozy> {petname} and I are spending Valentine's Day on the couch. {tail}",
    "~nice> Someone left a paper heart on every [bike|car|door] on my street for Valentine's Day. {tail}",
    "~fun> I sent a Valentine's card to [my dentist|my landlord|the bakery] by mistake. {tail}",
    "~deep> A Valentine's thought: [love is someone saving you the corner piece|be nice to yourself|flowers are nice on any day].",
    "!morning !midday ~good> Valentine's dinner with friends. {tail}",
  ],
  [
    '!night ~good> Happy Fourth! {Dish} on the table, friends on the porch. {tail}',
    '~good> Fireworks from {sight} tonight. [Save me a spot.|I am bringing a blanket.|I hope it stays dry.]',
    '~fun> I am in charge of the grill this Fourth of July, and everyone is a little nervous. {tail}',
    'pet ~nice> {petname} does not like fireworks, so we are under a blanket tonight. Happy Fourth from both of us.',
    'evening ~fun> Fourth of July score: [three|four|five] hot dogs, one nap, no regrets. {tail}',
    'evening ~cozy> Watching the fireworks from the window. Happy Fourth. {tail}',
    '~nice> Happy Fourth, {city}. [Stay safe out there.|Save me a hot dog.|See you at the fireworks.|Be nice to the dogs.]',
    'evening ~wonder> The whole sky over {sight} lit up. Happy Fourth. {tail}',
  ],
  [
    '~fun> My Halloween costume is [a lamp|a tired librarian|half a horse|a very small ghost|a traffic cone]. {tail}',
    'evening ~fun> I ate the candy that I had bought for the kids. Happy Halloween. {tail}',
    'evening ~fun> [Eleven|Nineteen|Seven] trick-or-treaters so far, and one was dressed as [a tax form|a sandwich|their own dad]. {tail}',
    '~proud> I carved a pumpkin, and it was supposed to be [a cat|an owl|me]. {tail}',
    'evening ~cozy> Horror movie, blanket, all the lights on. Happy Halloween. {tail}',
    '!night ~nice> What are you going as for Halloween? [I have tape and no ideas.|I own one sheet.|Mine is made of cardboard.|Last year I was a lamp.]',
    '~fun> My costume is "person who did not plan ahead". Happy Halloween. {tail}',
    'pet ~fun> {petname} is going as [a bee|a loaf of bread|a shark] for Halloween, and is not happy. {tail}',
    '~good> Halloween party tonight. {tail}',
  ],
  [
    '~good> Thankful for [good friends|second helpings|this table|everyone who cooks]. Happy Thanksgiving!',
    '~fun> I am in charge of the pie this Thanksgiving. [Pray for us.|There will be two, in case.|I bought a spare.]',
    'evening ~tired> Too full to move. Happy Thanksgiving. {tail}',
    'evening ~fun> Thanksgiving score: [three|four] plates, two pies, one nap. {tail}',
    'evening ~cozy> The leftovers are the best part of Thanksgiving. {ask}',
    '!morning !night ~nice> Friendsgiving, and someone brought {dish}. {tail}',
    '~deep> I am thankful for [the people who stay|quiet mornings|the ones who call back]. Happy Thanksgiving.',
    'sib ~fun> {sib^} is cooking the turkey this year, so we have also ordered pizza. Happy Thanksgiving. {tail}',
  ],
  [
    '~cozy> The tree is up, the lights work, and nobody has to be anywhere. Merry Christmas! {tail}',
    '~fun> I wrapped [six|nine|eleven] presents with a roll of tape and no skill. Merry Christmas! {tail}',
    '~good> Merry Christmas[, {city}|, everyone|]! [Eat something good.|Hug your people.|Call your mom.|Stay warm.]',
    'pet ~fun> {petname} has [knocked over the tree|eaten the ribbon|fallen asleep in the wrapping paper]. Merry Christmas from us.',
    '~nice> What is your favorite holiday movie? [I have seen mine fourteen times.|I need one for tonight.]',
    'evening ~cozy> {Dish}, candles, pajamas. Happy holidays. {tail}',
    '~fun> I baked cookies for the whole building, and three of them are edible. Happy holidays! {tail}',
    '!morning !night ~tired> So much food, so little room. Happy holidays. {tail}',
    'snowy ~wonder> It is snowing for Christmas. {tail}',
    '~deep> Call someone who is alone today. Merry Christmas.',
  ],
]

/** The day before a holiday, and the day after; `{flash}` is the holiday. */
export const EVE_POSTS: readonly string[] = [
  '~good> {Flash} is tomorrow, and I am [ready, almost|nearly ready|looking forward to it]. [I have a list.|Let us do this.|I can hardly wait.|]',
  '~fun> {Flash} is tomorrow, and I have [bought nothing|forgotten half of it|no plan]. {tail}',
  '~nice> What are you doing for {flash}? [I have no plan yet.|Mine is {dish} and good company.|I need ideas.]',
  '~fun> One more sleep until {flash}. [I am an adult, I promise.|I counted.|I am not even pretending to be calm.]',
  'evening ~cozy> Quiet evening before {flash}. {tail}',
  '~fun> The line at the store today was so long that I made friends in it. Almost {flash}. {tail}',
  '~good> Getting ready for {flash}: [list, bag, go|music on, sleeves up|one thing at a time].',
  '~nice> If you are working on {flash}: thank you. [I have been there.|Truly.|You keep it all going.|]',
  'evening ~tired> I have been on my feet all day because of {flash}. {tail}',
  '~fun> I said that I would keep {flash} simple this time. [I did not.|There are lists.|Ha.]',
]
export const AFTER_POSTS: readonly string[] = [
  '~good> {Flash} was [good to me|lovely|loud and lovely|better than I thought it would be]. {tail}',
  '~tired> I have not recovered from {flash}. {tail}',
  '~cozy> The day after {flash} is for [leftovers|the couch|silence|pajamas].',
  '~nice> How was your {flash~}? [Mine was quiet, and I liked it.|Mine was loud, in a good way.|Mine was too short.|Mine ended on the couch.]',
  '~fun> {Flash} is over, and I still find [ribbons|crumbs|glitter|candle wax] everywhere. {tail}',
  '~good> Leftover {dish} for the day after {flash}. {tail}',
  '~deep> The best part of {flash} was [the long talk in the kitchen|the walk home|the phone call with my aunt].',
  '~fun> I ate far too much on {flash}. {tail}',
  '~tired> Back to normal after {flash}. {tail}',
]

export const FESTIVAL_POSTS: readonly string[] = [
  '!night ~good> Who else is going to {flash}? [I am leaving in an hour.|I will be near the food.|Come and find me.|I do not want to go alone.]',
  '!night ~good> {Flash} is on in {city}, and [everyone is out|the whole street is talking about it|I have cleared my evening]. {tail}',
  '!night !morning ~fun> I went to {flash} for an hour and stayed [until they closed|all day|until my feet hurt]. {tail}',
  '!night !morning ~fun> Parking near {flash}: impossible. {tail}',
  '!night !morning ~good> The best thing at {flash} so far: [a man with a tuba|the lemonade|the kids in paper hats|a very serious judge]. {tail}',
  '!night !morning ~good> First time at {flash}. [I get it now.|Why did nobody tell me about it?|I will be back.|I have been missing out.]',
  '!night ~fun> I ran into [my boss|my dentist|three neighbors|my old teacher] at {flash}. {tail}',
  '!night ~nice> A friend of mine is volunteering at {flash}, so [say hello|be nice to the people in the vests|wave if you see a very tall vest].',
  '!night ~nice> What should I not miss at {flash}? [I have one free afternoon.|I have comfortable shoes.|I heard that the food is good.|It is my first time.]',
  '!night !morning ~tired> My feet hurt. {Flash} was worth it. {tail}',
  '!night ~wonder> {city} looks different during {flash}. {tail}',
  '!night ~fun> I bought [a hat|a wooden spoon|a kite|something on a stick] at {flash} and cannot explain it.',
  '!night !morning ~good> {Flash} with friends. {tail}',
  '~deep> {Flash} is the one time of the year when strangers in {city} talk to each other. {tail}',
]

/** `{flash}` is the topic; all of them are things that people have opinions about. */
export const TREND_POSTS: readonly string[] = [
  '~fun> Okay, I finally looked into {flash}. [I get it.|I have questions.|I lost an evening.|I will need a week.]',
  '~fun> Everyone is talking about {flash}, and [I have opinions|I am pretending to know what it is|so is my mom]. {tail}',
  '~fun> {friend^} will not stop talking about {flash}. [Now I get it.|Please help.|I have started to nod.|It has been a week.|I brought snacks.]',
  '~fun> Am I the last person to hear about {flash}? [I feel very behind.|My mom knew before me.|I have been under a rock.]',
  '~fun> My whole feed is {flash}, so here is [my lunch|a picture of a goat|a quiet word about soup] instead. {tail}',
  '~tired> I spent [an hour|two hours|half the night] on {flash} and none on my laundry.',
  '~fun> I have decided that {flash} is [overrated|underrated|exactly right]. {ask}',
  '~fun> We talked about {flash} over {dish} and agreed on nothing. {tail}',
  '~fun> Not to be dramatic, but I have thought of nothing but {flash} since [yesterday|last week]. {tail}',
  '~nice> What do you think about {flash}? [I am collecting opinions.|I want to hear it from real people.|I cannot make up my mind.]',
  '~fun> I explained {flash} to [my grandmother|my neighbor|my boss], and now [we are both confused|there is one more fan|nobody understands anything]. {tail}',
  '~fun> Someone at work has a theory about {flash}. It involves [a map|string|the moon]. {tail}',
  '~deep> In a year nobody will remember {flash}. [I will.|Except me.|I will bring it up anyway.]',
  '~fun> I missed my stop because I was reading about {flash}. {tail}',
  '~fun> I told myself I would not care about {flash}. [I lasted a day.|I care.|I care a lot.|So much for that.]',
  '~fun> Three people in the elevator, all of them talking about {flash}. {tail}',
]

/** On what only people of one place speak of: {flash} holds a sight of the writer's city, the same for all who live there. */
export const LOCAL_TREND_POSTS: readonly string[] = [
  '~fun> Everyone in {city} is talking about {flash}, and [I have opinions|so is my mom|I had to see for myself]. {tail}',
  '~good> I finally saw {flash}. [It was worth the walk.|Everybody was right.|Now I get it.|I had to see for myself.]',
  '~fun> I took [my aunt|my coworkers|a friend from out of town|a visitor] to see {flash}. {tail}',
  '~nice> Has anyone else in {city} seen {flash}? [I have, twice.|I keep missing it.|I have a blurry picture.|My mom does not believe me.]',
  '~fun> There is a group chat about {flash} now, and I am in it. {tail}',
  '~wonder> I walked past {flash}, and [everyone had stopped|nobody was looking at a phone|a child clapped]. [I stayed a while.|I was late, and I do not mind.|It was worth the detour.|]',
  '~fun> {Flash} has more fans than I do. {tail}',
  '~fun> I told a visitor that the best thing in {city} is {flash}. {tail}',
  '~nice> If you are in {city}, go and see {flash}. [It is free.|Tell me what you think.|Bring a friend.]',
  '~deep> {Flash} got half of {city} to look up from their phones for a minute. [I will take it.|That is something.|]',
  '~fun> I was late because of {flash}. {tail}',
  '~fun> My neighbor says that {flash} was her idea. {tail}',
]

export const FESTIVALS: readonly (readonly [string, Topic])[] = [
  ['the City Lights Festival', 'nightlife'],
  ['the Taco and Tamale Fair', 'food'],
  ['the Jazz and Blues Festival', 'music'],
  ['the Trails and Outdoors Fair', 'outdoors'],
  ['the Book and Zine Fair', 'books'],
  ['the Short Film Festival', 'film'],
  ['the Open Studios Festival', 'art'],
  ['the Makers Fair', 'tech'],
  ['the Science Festival', 'science'],
  ['the Dog Parade', 'pets'],
  ['the Health and Fitness Fair', 'fitness'],
  ['the Street Food Market', 'food'],
  ['the Home and Garden Show', 'home'],
  ['the Folk and Bluegrass Festival', 'music'],
  ['the Lantern Parade', 'everyday'],
  ['the Chili Cook-Off', 'food'],
]

/** What people may talk about: everybody everywhere, or, with a sight in it, those of one city about something of their own. */
export const TRENDS: readonly (readonly [string, Topic])[] = [
  ['the new season of Salt Harbor', 'film'],
  ['that video of the deep-sea squid', 'science'],
  ['that four-ingredient noodle recipe', 'food'],
  ['the new overnight train', 'travel'],
  ['the surprise album by The Paper Lanterns', 'music'],
  [
    'the [big white goose|one-eyed owl|very fat raccoon|family of otters|escaped peacock|three-legged fox] at {sight}',
    'pets',
  ],
  [
    'the [man who jogs backward|grandmother who does push-ups|woman who runs in a dinosaur costume|man on the tiny unicycle|man who juggles while he runs] at {sight}',
    'fitness',
  ],
  ['the robot that folds laundry', 'tech'],
  ['the ending of The Glass Orchard', 'books'],
  ['the first picture from the new telescope', 'science'],
  ['the four-day workweek', 'everyday'],
  [
    'the [giant paper bird|knitted bench|chalk whale|tree full of tiny mirrors|door that leads nowhere|enormous wooden chair] at {sight}',
    'art',
  ],
  ['the tiny house show', 'home'],
  [
    'the [brass band|midnight piano player|lady with the accordion|man with forty bells|silent disco] at {sight}',
    'nightlife',
  ],
  [
    'the [kite that got stuck|lost hot-air balloon|circle of mushrooms|hand-painted bench|tree with all the shoes in it] at {sight}',
    'outdoors',
  ],
  ['the great pickle debate', 'food'],
]
