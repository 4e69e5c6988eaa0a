import { plainName, wordsOf } from './words.ts'

/** What a model can be to Mingle: facts, and what stands between them. */
export const SLOTS = [
  'user',
  'profile',
  'picture',
  'subject',
  'interest',
  'user_interest',
  'quiz',
  'question',
  'option',
  'quiz_answer',
  'session',
  'post',
  'post_picture',
  'feed_seen',
  'liked_post',
  'profile_view',
  'like',
  /** Dislikes that have a table of their own. */
  'dislike',
  /** Whoever has been decided about, one way or the other. */
  'decided',
  'match',
  /** What messages belong to, where that is not the match itself. */
  'thread',
  /** Who takes part in a thread. */
  'seat',
  'message',
] as const
export type Slot = (typeof SLOTS)[number]

/** Names under which models of each fact go about, plainest first; compared without case, underscores and plural s. */
const NAMES: Readonly<Record<Slot, string>> = {
  user: 'user account member person customer profile dater',
  profile: 'profile userprofile memberprofile datingprofile userdetail userinfo about bio',
  picture:
    'photo picture profilephoto userphoto profilepicture userpicture image userimage profileimage profilemedia usermedia media avatar',
  subject: 'subject interestsubject interestcategory interestgroup hobbycategory category tagcategory topicgroup',
  interest: 'interest hobby hobbie tag topic passion activity',
  user_interest:
    'userinterest profileinterest memberinterest personinterest userhobby profilehobby usertag profiletag persontag membertag usertopic userpassion interestsonuser interestonuser hobbiesonuser',
  quiz: 'quiz questionnaire survey questionset test poll',
  question: 'question quizquestion surveyquestion prompt profilequestion matchquestion',
  option: 'option questionoption quizoption answeroption choice answerchoice questionchoice possibleanswer',
  quiz_answer: 'quizanswer answer response quizresult useranswer userresponse quizresponse surveyresponse promptanswer',
  session: 'session usersession visit login activitysession usagesession',
  post: 'post note status story statusupdate update tweet entry moment feedpost feeditem blogpost',
  post_picture: 'postmedia postimage postphoto postpicture postmedium postattachment attachment',
  feed_seen:
    'feedseen postview impression seenpost postseen viewedpost feedview postimpression postread readpost seen view read',
  liked_post:
    'likedpost postlike postreaction likeonpost reaction favorite applause like upvote heart favourite clap cheer kudos love star postvote',
  profile_view:
    'profileview profilevisit userview view visitor visit profileviewer look profileseen seenprofile viewedprofile',
  like: 'like swipe userlike profilelike decision interaction vote rating likeduser likedprofile follow following follower crush wink useraction favorite favourite heart admirer relationship friendrequest friendship connectionrequest',
  dislike: 'dislike pass skip rejection reject nope unlike dislikeduser skippeduser passeduser rejecteduser',
  decided:
    'checkeduser checkedprofile checkedperson seenuser seenprofile swipeduser decideduser judgeduser evaluateduser',
  match: 'match matche usermatch connection pair couple mutuallike mutualmatch bond',
  thread: 'conversation chat thread room chatroom channel dialog dialogue inbox',
  seat: 'participant chatparticipant conversationparticipant chatmember conversationmember roommember chatuser userchat userconversation seat membership threadparticipant',
  message: 'message chatmessage directmessage chatline dm text line textmessage privatemessage letter',
}

const LISTS = Object.fromEntries(
  Object.entries(NAMES).map(([slot, names]) => [slot, names.split(' ').map(plainName)]),
) as unknown as Readonly<Record<Slot, readonly string[]>>

/** Words that say whose a thing is, and nothing of what it is. */
const WHOSE =
  /^(?:user|member|person|people|profile|account|my|app|site|tbl|table|t|db|the|model|datum|data|record|on|to)$/

/** What people do to one another and to posts that is none of Mingle's facts. */
export const OTHER_DEEDS =
  /comment|repl(?:y|ies)|repost|retweet|reshare|share|report|flag|bookmark|saved|notif|mention|invit|block|mute|ban(?:ned)?$|hidden|warning|review|gift|payment|subscri|verification|token|audit|draft/i

/** Shorter or more general names of messages, which are nothing without a conversation; what is written to all is none. */
const MESSAGE_ENDINGS: readonly string[] = [
  ...['message', 'msg', 'dm', 'text', 'line', 'note', 'mail', 'im', 'pm', 'letter', 'whisper', 'bubble', 'entry'],
]
export const NO_MESSAGES = /comment|review|report|feedback|notification|log|complaint|warning|block|rating|tip/i

/** Points from 0 to 10 for a model's name. */
export function nameScore(slot: Slot, name: string): number {
  const list = LISTS[slot]
  const words = wordsOf(name)
  const at = list.indexOf(plainName(name))
  if (at >= 0) return Math.max(6, 10 - at / 2)
  const bare = words.filter((word) => !WHOSE.test(word)).join('')
  const core = list.indexOf(bare)
  if (bare !== '' && core >= 0) return Math.max(5, 8 - core / 2)
  const last = words.at(-1) ?? ''
  // 'Context' is no text, and 'Timeline' no line.
  if (slot === 'message' && MESSAGE_ENDINGS.includes(last)) return 1
  return list.some((word) => word === last || (word.length > 4 && plainName(name).endsWith(word))) ? 3 : 0
}
