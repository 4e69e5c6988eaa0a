import type { AnecdoteRow } from './row.ts'

/** Jokes about oneself. */
// biome-ignore format: one anecdote a row
export const JOKES: readonly AnecdoteRow[] = [
  ['~fun> My plants and I are in a committed relationship. One of us drinks too much.', ['I hope that it is the plants.', 'It sounds stable.'], 'Do they have names?', ['Only the fern. It is called Steve', 'No, I call all of them "you there"']],
  ['~fun> I put "fast learner" on my resume, and it took me a week to write it.', ['You were being thorough.', 'Nobody has to know.'], 'Did it work?', ['They hired me, slowly', 'They asked for an example, and I am still thinking']],
  ['~fun> I own nine tote bags, and I am always carrying things in my arms.', ['They are never where one needs them.', 'Mine live inside each other.'], 'Where do they all come from?', ['Bookshops, mostly', 'I think that they multiply at night']],
  ['~fun> I have never picked the right key on the first try, and I only have two.', ['The odds are against you.', 'That takes a special gift.'], 'Have you tried marking one?', ['Yes, and then I forgot what the mark meant', 'No, that would feel like giving up']],
  ['~fun> I tried to meditate and fell asleep sitting up, so I think I won.', ['That is the highest level.', 'Your mind was very empty.'], 'For how long?', ['Two hours, and my neck knew it', 'Long enough that the app congratulated me']],
  ['~fun> I have a gym bag that has been in more cafes than gyms.', ['It has good taste.', 'That is called cross-training.'], 'What is in it by now?', ['A towel, a book and two spoons', 'Mostly napkins']],
  ['~fun> I bought a book about procrastination. One of these days.', ['No hurry.', 'I have that one too, I think.'], 'How far are you?', ['The receipt is still in it', 'I have read the back']],
  ['~fun> I can cook one dish for ten people, or ten dishes for nobody.', ['Sign me up for the one.', 'That is a skill, too.'], 'Which one is it?', ['A stew, and it needs a bigger pot than I own', 'Something with beans, and there is never any left']],
  ['~fun> My handwriting is so bad that my shopping lists are surprises.', ['That keeps it exciting.', 'A doctor would be proud.'], 'What did you end up buying?', ['Lemons, and I still think that it said lamps', 'A melon instead of a mop']],
  ['~fun> I talk to my toaster. It only ever says one thing, but it says it with feeling.', ['A good listener, too.', 'It pops at the right moment.'], 'What do you two talk about?', ['Bread, mainly', 'My day, and it is always warm about it']],
  ['~fun> I did yoga with a video, and the cat on the screen was better at it than me.', ['Cats have been training for centuries.', 'Never compete with a cat.'], 'Did you finish it?', ['I finished lying down, so yes', 'No, I watched the cat until the end']],
  ['~fun> I walked into a glass door and apologized to it.', ['Very well brought up.', 'It was just standing there, after all.'], 'Did anybody see it?', ['Only everybody', 'One child, who will never forget it']],
  ['~fun> My sense of direction is so good that I know four ways to be late.', ['That is local knowledge.', 'Scenic routes, I call them.'], 'Do you never use a map?', ['I do, I just hold it the wrong way round', 'Only to find out where I have been']],
  ['~fun> I ate one healthy salad and checked the mirror for results.', ['And rightly so.', 'One has to start somewhere.'], 'Any results?', ['Some dressing on my chin', 'I looked hungry']],
  ['~fun> I have been saying somebody\'s name wrong for a year, and now it is too late.', ['You have to move away now.', 'It is their name now, I am afraid.'], 'What do you call them now?', ['"My friend", with a lot of warmth', 'Nothing, I wave']],
  ['~fun> I bought shoes so nice that I do not want to get them dirty.', ['Shoes like that belong on a shelf.', 'Very responsible.'], 'Where do they live now?', ['In the hallway, where guests can see them', 'In the box, with the paper still in them']],
  ['~fun> I rehearsed a phone call, and then it went to voicemail.', ['All that talent, wasted.', 'The best performances have no audience.'], 'Did you leave a message?', ['Yes, of about four minutes', 'No, I hung up and took a walk']],
  ['~fun> I have a plant that I water every Sunday. Last week I found out that it is plastic.', ['It must be very clean.', 'It never complained, at least.'], 'How long had you had it?', ['Two years, and I was proud of it', 'Since I moved in, it came with the place']],
  ['~fun> I told a joke at work and had to explain it with a drawing.', ['A good joke deserves a diagram.', 'I would like to see that drawing.'], 'Did they laugh in the end?', ['One did, the next day', 'At the drawing, yes']],
  ['~fun> I once got lost in a furniture store and had to be led out by a family.', ['They all know a secret shortcut.', 'I would have moved in.'], 'Did you at least buy something?', ['A plant and eighty napkins', 'A chair that I met on the way']],
  ['~fun> I practiced looking calm for a photo, and now I look like a hostage.', ['Hostages look worse, I am sure.', 'That is every photo of me.'], 'Did you keep it?', ['Yes, it is on my library card', 'No, but my mom did']],
  ['~fun> I bought a very good pen, and now my letters look like an expensive mess.', ['At least the ink is happy.', 'A mess in good ink is art.'], 'Whom do you write to?', ['My aunt, who writes back in capitals', 'Myself, mostly, and I never answer']],
]
