import type { Metadata, MingleConfig, Plan } from '../../persist/index.ts'
import { soundPlan } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'
import { MAP } from './mapped-map.ts'

export { MAP }

/** A site with text keys, words of its own, one table for people, and a model for each thing that jobs derive. */
export const METADATA: Metadata = schema(
  {
    Member: {
      id: 'String id cuid',
      mail: 'String unique',
      nick: 'String',
      about: 'String?',
      born: 'DateTime',
      sex: 'Sex enum',
      wants: 'String',
      goal: 'String',
      town: 'String',
      state: 'String',
      country: 'String',
      lat: 'Float',
      lon: 'Float',
      demo: 'Boolean',
      joined: 'DateTime',
    },
    Tag: { id: 'Int id auto', label: 'String unique' },
    MemberTag: { memberId: 'String >Member.id', tagId: 'Int >Tag.id' },
    Picture: { id: 'Int id auto', ownerId: 'String >Member.id', src: 'String' },
    Visit: { id: 'Int id auto', memberId: 'String >Member.id', from: 'DateTime', until: 'DateTime' },
    Note: { id: 'Int id auto', authorId: 'String >Member.id', words: 'String', at: 'DateTime' },
    Look: { noteId: 'Int >Note.id', memberId: 'String >Member.id', at: 'DateTime' },
    Clap: { id: 'String id uuid', noteId: 'Int >Note.id', memberId: 'String >Member.id', at: 'DateTime' },
    Survey: { memberId: 'String >Member.id', quiz: 'String', given: 'Json' },
    TagPair: { aId: 'Int >Tag.id', bId: 'Int >Tag.id', both: 'Int', score: 'Float', asOf: 'DateTime' },
    Findable: {
      memberId: 'String id >Member.id',
      nick: 'String',
      age: 'Int',
      sex: 'Sex enum',
      hasAbout: 'Boolean',
      pictures: 'Int',
      tags: 'Int',
      seen: 'DateTime?',
      asOf: 'DateTime',
    },
    Trait: { id: 'String id uuid', memberId: 'String >Member.id', name: 'String', value: 'Float', asOf: 'DateTime' },
    Fit: {
      memberId: 'String >Member.id',
      otherId: 'String >Member.id',
      score: 'Float',
      km: 'Float',
      asOf: 'DateTime updatedAt',
    },
    Hot: {
      id: 'Int id auto',
      noteId: 'Int unique >Note.id',
      points: 'Float',
      views: 'Int',
      claps: 'Int',
      asOf: 'DateTime',
    },
    HotTag: { tagId: 'Int id >Tag.id', points: 'Float', asOf: 'DateTime' },
  },
  {
    enums: { Sex: ['F', 'M', 'X'] },
    keys: {
      MemberTag: ['memberId', 'tagId'],
      Look: ['noteId', 'memberId'],
      Survey: ['memberId', 'quiz'],
      TagPair: ['aId', 'bId'],
      Fit: ['memberId', 'otherId'],
    },
    uniques: { Trait: [['memberId', 'name']], Clap: [['noteId', 'memberId']] },
  },
)

/** Rows of the site's own: two people who could meet, one whose home nobody knows, a tag, a note, and a look at it. */
export const OWN_ROWS = [
  "INSERT INTO Tag (id, label) VALUES (900, 'knitting by moonlight')",
  `INSERT INTO Member VALUES
    ('own-anna', 'anna@site.test', 'Anna', NULL, '1990-05-05T00:00:00.000+00:00', 'F', 'man', 'relationship', 'Austin', 'Texas', 'United States', 30.27, -97.74, 0, '2023-01-01T00:00:00.000+00:00'),
    ('own-bert', 'bert@site.test', 'Bert', 'hi', '1988-05-05T00:00:00.000+00:00', 'M', 'woman', 'relationship', 'Austin', 'Texas', 'United States', 30.26, -97.75, 0, '2023-01-01T00:00:00.000+00:00'),
    ('own-carl', 'carl@site.test', 'Carl', NULL, '2020-05-05T00:00:00.000+00:00', 'M', 'woman', 'relationship', 'Austin', 'Texas', 'United States', 30.26, -97.75, 0, '2023-01-01T00:00:00.000+00:00')`,
  "INSERT INTO MemberTag VALUES ('own-anna', 900), ('own-bert', 900)",
  "INSERT INTO Note (id, authorId, words, at) VALUES (500000, 'own-anna', 'hello', '2024-01-03T10:00:00.000+00:00')",
  "INSERT INTO Look VALUES (500000, 'own-bert', '2024-01-03T11:00:00.000+00:00')",
]

export function planOf(map: MingleConfig['map'] = MAP): Plan {
  return soundPlan(METADATA, map)
}
