import type { AnecdoteRow } from './row.ts'

/** Small things that somebody believes firmly. */
// biome-ignore format: one anecdote a row
export const OPINIONS: readonly AnecdoteRow[] = [
  ['~fun> Unpopular opinion: breakfast is better at night.', ['I have had pancakes at eleven, so I agree.', 'Only if there are pancakes.'], 'What would be on the table?', ['Eggs, toast and no alarm clock', 'Pancakes, and a lot of them']],
  ['~fun> I believe that pockets should be bigger, on everything.', ['You have my vote.', 'Finally somebody says it.'], 'What would you put in them?', ['Snacks, a book and my hands', 'Everything that is in my bag now']],
  ['~fun> I firmly believe that the corner piece is the best piece.', ['I am a middle person, so we could share.', 'The crispy side, yes.'], 'Of cake or of lasagna?', ['Lasagna, but I stand by it for cake', 'Of everything that has corners']],
  ['~fun> Socks are a fine present, and I will not take it back.', ['I would be happy about good socks.', 'It depends on the socks, I think.'], 'What is the best pair you ever got?', ['Green ones with little foxes', 'Wool ones from my aunt, and they have outlived two couches']],
  ['~fun> Cold pizza is better than warm pizza. I said what I said.', ['In the morning, yes.', 'We will have to talk about that.'], 'Straight from the box?', ['Standing in front of the fridge, as it should be', 'I do use a plate, I am not an animal']],
  ['~fun> I think that both armrests belong to the middle seat.', ['That is only fair.', 'You would make a good judge.'], 'Where do you sit?', ['At the window, so it costs me nothing', 'On the aisle, with one arm in the wind']],
  ['~fun> I have a theory that everybody owns one drawer with batteries and rubber bands.', ['Mine does not even close.', 'I just looked, and yes.'], 'What is the strangest thing in yours?', ['A key that fits nothing', 'A tiny screwdriver and a birthday candle in the shape of a four']],
  ['~fun> You can tell everything about people from how they wait in line.', ['Then I hope that you never see me at the post office.', 'There is something to that.'], 'What are you like in a line?', ['Patient, for four minutes exactly', 'I make friends, mostly by accident']],
  ['~fun> I am convinced that plants like gossip.', ['Mine know far too much.', 'That explains my fern.'], 'What do you tell yours?', ['Who moved in upstairs, mostly', 'My side of every story']],
  ['~fun> Raisins belong in nothing. There, I said it.', ['I like them, so you can give me yours.', 'Not even in cake, that is bold.'], 'What did a raisin do to you?', ['It looked like chocolate, and I have never forgotten', 'It was in a salad, and nobody had warned me']],
  ['~fun> Small talk about the weather is lovely, and I will defend it.', ['It is the oldest small talk there is.', 'I could do it for hours.'], 'What is so good about it?', ['Nobody can be wrong about it', 'It is the one thing that we all have in common']],
  ['~fun> I like airport food. I know that I am alone with that.', ['Not quite alone.', 'Everything tastes better before a trip.'], 'What do you order?', ['A sandwich that costs as much as a shirt', 'Noodles, at seven in the morning']],
  ['~fun> People who wave at trains are good people.', ['I had not thought about it, but yes.', 'There should be more of them.'], 'Do you wave?', ['Every time, and at boats too', 'Yes, and I am happy if one person waves back']],
  ['~fun> Nobody needs that many cushions on a bed.', ['Where they go at night, that is what I would like to know.', 'I own one, and it does everything.'], 'How many are too many?', ['Anything above three', 'If you have to carry them somewhere, it is too many']],
  ['~fun> The best part of a trip is the first snack.', ['Before you are even out of town, yes.', 'I would say the second one, but fine.'], 'What is the right snack?', ['Salted nuts, and something sweet for later', 'A sandwich that is a bit too big']],
  ['~fun> Every party needs a corner with chairs.', ['I would be in that corner.', 'And the corner needs a dog.'], 'Is that where I would find you?', ['Yes, next to the snacks', 'Yes, with my shoes under the chair']],
  ['~fun> Naps are a hobby. It takes practice.', ['Then I have been training for years.', 'I could go professional.'], 'How long is the perfect nap?', ['Twenty minutes, and not one more', 'Until you do not know what year it is']],
  ['~fun> I think that libraries should serve soup.', ['Quiet soup, of course.', 'I would move in.'], 'Which soup?', ['Tomato, in a mug', 'Whatever the librarian is having']],
  ['~fun> Postcards are better than souvenirs, and I can prove it.', ['You do not have to dust them, that is one point.', 'I still have every one I got.'], 'What is the proof?', ['They fit in a drawer and somebody has to think of you', 'Nobody has ever thrown one at me']],
  ['~fun> The last bite should always be the best one, so I plan for it.', ['I plan for it too.', 'That is discipline.'], 'What if somebody steals it?', ['Then we are no longer friends', 'It happened once, and I moved to another table']],
]
