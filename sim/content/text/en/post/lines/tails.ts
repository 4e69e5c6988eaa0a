import type { Mood } from '../../talk/kinds.ts'

/** What may follow a post of a mood: each fits whatever was said in that mood. Append-only. */
export const TAILS: Readonly<Record<Mood, readonly string[]>> = {
  nice: ['Small things.', 'I liked that.', 'More of that, please.', 'That is all.', 'I will take it.', 'It does not take much.', 'Just wanted to share.', 'A good minute.', 'I am keeping that one.', 'Simple as that.'],
  fun: ['I am fine, thanks for asking.', 'No further questions.', 'I have no explanation.', 'And yes, there were witnesses.', 'So that happened.', 'You may laugh.', 'I would do it again.', 'Anyway.', 'This is my life now.', 'Not my finest hour.', 'I stand by it.', 'Do not tell my mom.'],
  good: ['It is a good day.', 'I needed that.', 'Could be worse.', 'Long may it last.', 'I am in a good mood.', 'Ten out of ten.', 'I can recommend it.', 'Happy with that.'],
  tired: ['Send snacks.', 'Good night.', 'I am going to lie down now.', 'Please be kind to me.', 'Is it Friday yet?', 'Tomorrow is another day.', 'I blame everybody.', 'I need a nap.'],
  proud: ['Small wins.', 'I will be unbearable now.', 'Tell everybody.', 'I am writing this down.', 'Let me have this.', 'Allow me one proud post.', 'Past me would not believe it.', 'Worth every minute.'],
  cozy: ['Do not call me.', 'This is the life.', 'I am not moving.', 'Nobody needs me, and that is lovely.', 'Perfect.', 'Wake me up on Monday.', 'I could stay like this.', 'Home.'],
  sad: ['It is okay.', 'It will be fine.', 'One day at a time.'],
  wonder: ['I just stood there.', 'No picture does it justice.', 'I forgot to take a picture.', 'Worth stopping for.', 'I am still thinking about it.', 'For free, too.', 'Nobody said a word.'],
  deep: ['Just a thought.', 'I am still learning that.', 'Carry on.', 'Sorry, it is late.', 'It took me long enough.', 'Write that on a mug.'],
}

/** Questions to everybody, at the end of a post that is something of an opinion. */
export const ASKS: readonly string[] = ['Anybody else?', 'Am I alone with this?', 'Who is with me?', 'Tell me that I am not the only one.', 'Thoughts?', 'Agree or not?', 'Be honest.', 'Am I wrong?', 'Where do you stand?', 'Change my mind.']
