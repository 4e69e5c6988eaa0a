import { interestsOf, type OwnTaxonomy } from '../interests/taxonomy.ts'
import { inNamesOf } from '../names/names.ts'
import { hasFirstNames, type OwnWords, ownFirstNames } from '../own-words.ts'
import type { PlacePackName } from '../places/places.ts'
import * as en from './en/index.ts'

/**
 * A pack holds everything that people say in one language: bios, posts and conversations, how they are drawn and how
 * they are written out. A second language is a second folder beside `en/` with the same rooms (`bio/`, `post/`, `talk/`,
 * `words/`) and the same functions; facts hold the integers of the pack of their run's places.
 */
export interface TextPack {
  /** ISO 639-1. */
  readonly language: string
  readonly generateBio: typeof en.generateBio
  readonly drawPost: typeof en.drawPost
  readonly drawFlashPost: typeof en.drawFlashPost
  readonly renderPost: typeof en.renderPost
  readonly postTopic: typeof en.postTopic
  readonly composeMessage: typeof en.composeMessage
  readonly renderMessage: typeof en.renderMessage
}

const EN: TextPack = {
  language: 'en',
  generateBio: en.generateBio,
  drawPost: en.drawPost,
  drawFlashPost: en.drawFlashPost,
  renderPost: en.renderPost,
  postTopic: en.postTopic,
  composeMessage: en.composeMessage,
  renderMessage: (template, variant, operand, person) =>
    en.renderMarkedMessage(template, variant, operand) ?? en.renderMessage(template, variant, operand, person),
}

/** The language that the people of a place pack write. */
const PACK_OF: Readonly<Record<PlacePackName, TextPack>> = { us: EN, world: EN }

/** What a user's own files say of how people speak. */
export interface OwnSpeech {
  readonly words?: OwnWords | undefined
  readonly taxonomy?: OwnTaxonomy | undefined
}

/** @param own interests are spoken of in its words, and people called by its names */
export function textPack(places: PlacePackName, own: OwnSpeech = {}): TextPack {
  const pack = PACK_OF[places]
  const { words, taxonomy } = own
  const names = words && hasFirstNames(words) ? ownFirstNames(words) : null
  if (!taxonomy && !names) return pack
  const rows = interestsOf(taxonomy)
  const spoken =
    <A extends unknown[], T>(write: (...given: A) => T) =>
    (...given: A): T => {
      const inWords = () => en.inWordsOf(rows, () => write(...given))
      return names ? inNamesOf(names, inWords) : inWords()
    }
  return {
    ...pack,
    generateBio: spoken(pack.generateBio),
    renderPost: spoken(pack.renderPost),
    renderMessage: spoken(pack.renderMessage),
  }
}
