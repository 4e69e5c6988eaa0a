import { as, type MingleConfig, to } from '../../persist/mapping/config/config.ts'

const SEX = { woman: 'F', man: 'M', nonbinary: 'X' }

/** Where the site of `mapped-site.ts` has what; it loads nothing else, so that a configuration of a test can have it. */
export const MAP: MingleConfig['map'] = {
  user: to(
    'Member',
    {
      id: 'id',
      email: 'mail',
      created_at: 'joined',
      display_name: 'nick',
      bio: 'about',
      birthdate: 'born',
      gender: as('sex', SEX),
      intent: 'goal',
      city: 'town',
      state: 'state',
      country: 'country',
      latitude: 'lat',
      longitude: 'lon',
    },
    { set: { demo: true, wants: (row) => row.seeks.split(',').join('+') } },
  ),
  interest: to('Tag', { name: 'label' }),
  user_interest: to('MemberTag', { user_id: 'memberId', interest_id: 'tagId' }),
  picture: to('Picture', { id: 'id', user_id: 'ownerId', url: 'src' }),
  session: to('Visit', { id: 'id', user_id: 'memberId', started_at: 'from', ended_at: 'until' }),
  post: to('Note', { id: 'id', user_id: 'authorId', text: 'words', created_at: 'at' }),
  feed_seen: to('Look', { post_id: 'noteId', user_id: 'memberId', seen_at: 'at' }),
  liked_post: to('Clap', { id: 'id', post_id: 'noteId', user_id: 'memberId', created_at: 'at' }),
  quiz_answer: to('Survey', { user_id: 'memberId', quiz: 'quiz', answers: 'given' }),
  interest_relationship: to('TagPair', {
    interest_id: 'aId',
    related_id: 'bId',
    shared_users: 'both',
    score: 'score',
    computed_at: 'asOf',
  }),
  searchable_user: to('Findable', {
    user_id: 'memberId',
    display_name: 'nick',
    age: 'age',
    gender: as('sex', SEX),
    has_bio: 'hasAbout',
    photos: 'pictures',
    interest_count: 'tags',
    last_active_at: 'seen',
    computed_at: 'asOf',
  }),
  user_trait: to('Trait', { user_id: 'memberId', trait: 'name', value: 'value', computed_at: 'asOf' }),
  match_score: to('Fit', { user_id: 'memberId', candidate_id: 'otherId', score: 'score', distance_km: 'km' }),
  trending_post: to('Hot', { post_id: 'noteId', score: 'points', views: 'views', likes: 'claps', computed_at: 'asOf' }),
  trending_interest: to('HotTag', { interest_id: 'tagId', score: 'points', computed_at: 'asOf' }),
}
