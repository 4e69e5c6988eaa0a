import { INTERESTS } from '../../../interests.ts'

/** "My place" in a writer's mouth is "your place" when the writer speaks of the reader. */
function toReader(words: string): string {
  return words.replace(/\bmy\b/g, 'your')
}

/**
 * The slots that an interest fills: `noun`, `doing`, `do`, `name`, `tag` (for a hashtag), and what agrees with the noun:
 * `is`, `was`, `has`, `it`. `yourdoing` is `doing` said to the one who does it.
 */
export function interestWord(interest: number, slot: string): string | undefined {
  const row = INTERESTS[interest]
  if (row === undefined) return undefined
  switch (slot) {
    case 'noun':
      return row.noun
    case 'doing':
      return row.doing
    case 'yourdoing':
      return toReader(row.doing)
    case 'do':
      return row.do
    case 'name':
      return row.name
    case 'tag':
      return row.name.toLowerCase().replace(/[^a-z0-9]/g, '')
    case 'is':
      return row.plural ? 'are' : 'is'
    case 'was':
      return row.plural ? 'were' : 'was'
    case 'has':
      return row.plural ? 'have' : 'has'
    case 'it':
      return row.plural ? 'them' : 'it'
    default:
      return undefined
  }
}
