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
    ...[
      'createdon',
      'joinedon',
      'registered',
      'signedupat',
      'membersince',
      'addedat',
      'postedat',
      'answeredat',
      'decidedat',
    ],
  ],
  display_name: [
    'displayname',
    'name',
    'username',
    'nickname',
    'nick',
    'firstname',
    'fullname',
    'handle',
    'shownname',
    'publicname',
    'screenname',
  ],
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
  photos: ['photos', 'pictures', 'images', 'gallery', 'photourls', 'pictureurls', 'imageurls', 'avatars'],
  interests: ['interests', 'hobbies', 'tags'],
  url: ['url', 'src', 'path', 'link', 'imageurl', 'photourl', 'href', 'key'],
  thumb_url: ['thumburl', 'thumb', 'thumbnail', 'thumbnailurl'],
  position: [
    ...[
      'position',
      'order',
      'rank',
      'index',
      'sort',
      'sortorder',
      'number',
      'place',
      'ordinal',
      'sequence',
      'seq',
      'nr',
    ],
  ],
  name: ['name', 'label', 'title', 'key', 'slug', 'text', 'value'],
  subject: ['subject', 'subjectname', 'category', 'group'],
  interest: ['interest', 'interestname', 'name', 'label', 'key', 'tag', 'value', 'title'],
  slug: ['slug', 'key', 'code'],
  title: ['title', 'name', 'label'],
  prompt: ['prompt', 'text', 'question', 'questiontext', 'title', 'body', 'content', 'label'],
  value: ['value', 'code', 'letter', 'key'],
  label: ['label', 'text', 'optiontext', 'answertext', 'answer', 'title', 'name', 'content', 'body'],
  quiz: ['quiz', 'quizslug', 'quizname'],
  answers: ['answers', 'answer', 'given', 'responses', 'data'],
  score_vec: ['scorevec', 'scores', 'vector'],
  started_at: ['startedat', 'start', 'begin', 'beganat', 'loginat', 'createdat', 'from'],
  ended_at: ['endedat', 'end', 'logoutat', 'lastactiveat', 'expires', 'expiresat', 'to'],
  text: ['text', 'body', 'content', 'caption', 'message', 'words'],
  seen_at: ['seenat', 'viewedat', 'readat', 'at', 'createdat', 'timestamp'],
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

/** The words of `ChatLine` or `chat_lines`, plain. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [name]).map(plainName)
}

/** A name without case, underscores, and the s of a plural. */
export function plainName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  if (plain.endsWith('ies')) return `${plain.slice(0, -3)}y`
  return plain.length > 3 && plain.endsWith('s') && !plain.endsWith('ss') && !plain.endsWith('us')
    ? plain.slice(0, -1)
    : plain
}
