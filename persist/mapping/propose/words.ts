import type { SourceName } from '../config/sources.ts'

/** Names under which models of each fact go about, plainest first; compared without case, underscores and plural s. */
export const MODEL_WORDS: Readonly<Partial<Record<SourceName, readonly string[]>>> = {
  user: ['user', 'account', 'member', 'person', 'customer', 'profile'],
  profile: ['profile', 'userprofile', 'memberprofile', 'datingprofile', 'about'],
  picture: [
    'photo',
    'picture',
    'profilephoto',
    'userphoto',
    'profilepicture',
    'image',
    'profilemedia',
    'media',
    'avatar',
  ],
  interest: ['interest', 'hobby', 'hobbie', 'tag', 'topic'],
  user_interest: ['userinterest', 'profileinterest', 'userhobby', 'usertag', 'interestsonuser'],
  quiz_answer: ['quizanswer', 'answer', 'quizresult', 'response'],
  session: ['session', 'usersession', 'visit', 'login', 'activitysession'],
  post: ['post', 'note', 'status', 'story', 'update', 'tweet', 'entry'],
  post_picture: ['postmedia', 'postimage', 'postphoto', 'attachment'],
  feed_seen: [
    'feedseen',
    'postview',
    'impression',
    'seenpost',
    'postseen',
    'feedview',
    'postimpression',
    'postread',
    'seen',
  ],
  liked_post: [
    'likedpost',
    'postlike',
    'postreaction',
    'reaction',
    'favorite',
    'applause',
    'like',
    'upvote',
    'heart',
    'favourite',
    'clap',
  ],
  profile_view: ['profileview', 'profilevisit', 'view', 'visitor', 'look'],
  like: ['like', 'swipe', 'userlike', 'decision', 'interaction', 'vote', 'rating', 'follow', 'checkeduser'],
  match: ['match', 'matche', 'connection', 'pair', 'conversation', 'chat', 'thread'],
  message: [
    'message',
    'chatmessage',
    'directmessage',
    'chatline',
    'dm',
    'text',
    'line',
    'textmessage',
    'privatemessage',
  ],
}

/** Shorter or more general names of messages, which are nothing without a conversation; what is written to all is none. */
export const MESSAGE_ENDINGS: readonly string[] = [
  ...['message', 'msg', 'dm', 'text', 'line', 'note', 'mail', 'im', 'pm', 'letter', 'whisper', 'bubble', 'entry'],
]
export const NO_MESSAGES = /comment|review|report|feedback|notification|log|complaint|warning|block|rating|tip/i

/** Names under which a fact's column goes about in a model. */
export const FIELD_WORDS: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'mail', 'emailaddress', 'login'],
  password_hash: ['passwordhash', 'password', 'hashedpassword', 'passwd', 'secret', 'hash'],
  created_at: [
    'createdat',
    'created',
    'joinedat',
    'joined',
    'timestamp',
    'date',
    'at',
    'time',
    'happenedat',
    'likedat',
    'matchedat',
    'swipedat',
    'startedat',
    'registeredat',
    'publishedat',
    ...['openedat', 'opened', 'started', 'begunat', 'beganat', 'begun', 'since', 'connectedat', 'pairedat', 'metat'],
    ...['createdon', 'joinedon', 'signedupat', 'membersince', 'addedat', 'postedat', 'answeredat', 'decidedat'],
  ],
  display_name: ['displayname', 'name', 'username', 'nickname', 'nick', 'firstname', 'fullname', 'handle'],
  bio: ['bio', 'about', 'aboutme', 'description', 'introduction', 'summary'],
  birthdate: ['birthdate', 'dateofbirth', 'dob', 'birthday', 'born', 'bornon', 'bornat'],
  gender: ['gender', 'sex'],
  seeks: ['seeks', 'seeking', 'lookingfor', 'interestedin', 'preference', 'orientation'],
  intent: ['intent', 'relationshipgoal', 'goal', 'aim', 'purpose', 'intention', 'relationshiptype'],
  city: ['city', 'town', 'location', 'place'],
  state: ['state', 'region', 'province'],
  country: ['country', 'countrycode'],
  latitude: ['latitude', 'lat'],
  longitude: ['longitude', 'lon', 'lng', 'long'],
  time_zone: ['timezone', 'tz', 'zone'],
  photo: ['photo', 'avatar', 'avatarurl', 'photourl', 'profilephoto', 'profilepicture', 'picture', 'image', 'imageurl'],
  photos: ['photos', 'pictures', 'images', 'gallery'],
  interests: ['interests', 'hobbies', 'tags'],
  url: ['url', 'src', 'path', 'link', 'imageurl', 'photourl', 'href', 'key'],
  thumb_url: ['thumburl', 'thumb', 'thumbnail', 'thumbnailurl'],
  position: ['position', 'order', 'rank', 'index', 'sort', 'sortorder', 'number'],
  name: ['name', 'label', 'title', 'slug'],
  quiz: ['quiz', 'quizslug', 'quizname'],
  answers: ['answers', 'answer', 'given', 'responses', 'data'],
  score_vec: ['scorevec', 'scores', 'vector'],
  started_at: ['startedat', 'start', 'begin', 'beganat', 'loginat', 'createdat', 'from'],
  ended_at: ['endedat', 'end', 'logoutat', 'lastactiveat', 'expires', 'expiresat', 'to'],
  text: ['text', 'body', 'content', 'caption', 'message', 'words'],
  seen_at: ['seenat', 'viewedat', 'at', 'createdat', 'timestamp'],
  viewed_at: ['viewedat', 'visitedat', 'at', 'createdat', 'timestamp'],
  action: ['action', 'direction', 'dir', 'type', 'kind', 'status', 'decision', 'reaction', 'swipe', 'verdict'],
  liked: ['liked', 'islike', 'isliked', 'right', 'isright', 'positive', 'value'],
  body: [
    'body',
    'text',
    'content',
    'message',
    'words',
    'msg',
    'note',
    'line',
    'messagetext',
    'textbody',
    'said',
    'value',
  ],
  sent_at: ['sentat', 'createdat', 'timestamp', 'at', 'date', 'said', 'saidat'],
}

/** Other words for the values of a fact's column. */
export const VALUE_WORDS: Readonly<Record<string, readonly string[]>> = {
  woman: ['woman', 'female', 'f', 'w', 'women', 'girl'],
  man: ['man', 'male', 'm', 'men', 'boy'],
  nonbinary: ['nonbinary', 'nb', 'other', 'diverse', 'x', 'nonspecified', 'unspecified'],
  relationship: ['relationship', 'serious', 'longterm', 'marriage'],
  dating: ['dating', 'date', 'dates', 'unsure', 'serious', 'relationship'],
  casual: ['casual', 'shortterm', 'fun', 'hookup'],
  friends: ['friends', 'friendship', 'friend', 'chat', 'casual'],
  LIKE: ['like', 'right', 'yes', 'liked', 'accept', 'accepted', 'heart', 'interested', 'up', 'superlike'],
  DISLIKE: ['dislike', 'left', 'no', 'pass', 'passed', 'nope', 'skip', 'reject', 'rejected', 'disliked', 'down'],
}

/** The last word of `ChatLine` or `chat_line`, plain. */
export function lastWord(name: string): string {
  return plainName(name.match(/[A-Z]?[a-z0-9]+$|[A-Z]+$/)?.[0] ?? name)
}

/** A name without case, underscores, and the s of a plural. */
export function plainName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  if (plain.endsWith('ies')) return `${plain.slice(0, -3)}y`
  return plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') && !plain.endsWith('us')
    ? plain.slice(0, -1)
    : plain
}
