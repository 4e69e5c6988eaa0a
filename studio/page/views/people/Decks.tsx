import type { Card, Deck, PersonPage } from '../../worker/world/protocol.ts'
import { Picture } from './Picture.tsx'
import { askWhy } from './Why.tsx'
import { when } from './when.ts'

/** Faces of a deck that are drawn; a long one says how many more it had. */
const MOST_CARDS = 24

/** What was swiped through, and what others did with this person's face. */
export function Decks({ page }: { page: PersonPage }) {
  const { liked, passed, likedBy, passedBy } = page.deck
  return (
    <section class="figure deck" aria-labelledby="decks-title">
      <h3 id="decks-title">Decks</h3>
      <div class="deck-sums">
        <p>
          {liked + passed} faces seen: liked {liked}, passed {passed}.
          <Split left={liked} right={passed} names={['liked', 'passed']} />
        </p>
        <p>
          Seen by {likedBy + passedBy}: liked by {likedBy}, passed by {passedBy}.
          <Split left={likedBy} right={passedBy} names={['liked by', 'passed by']} />
        </p>
      </div>
      {page.decks.length === 0 && <p class="empty">No deck until this day.</p>}
      {page.decks.length > 0 && (
        <ol class="decks" tabIndex={0} aria-label="Decks, latest first">
          {page.decks.map((deck) => (
            <Row key={deck.at} deck={deck} k={page.k} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Row({ deck: { at, cards }, k }: { deck: Deck; k: number }) {
  const likes = cards.filter(({ liked }) => liked).length
  return (
    <li>
      <span class="deck-when">
        <time>{when(at)}</time>{' '}
        <small>
          {likes} of {cards.length} liked
        </small>
      </span>
      <span class="cards">
        {cards.slice(0, MOST_CARDS).map((card) => (
          <Face key={card.other} card={card} k={k} />
        ))}
        {cards.length > MOST_CARDS && <small>and {cards.length - MOST_CARDS} more</small>}
      </span>
    </li>
  )
}

function Face({ card: { other, otherName, liked }, k }: { card: Card; k: number }) {
  const told = `${liked ? 'liked' : 'passed on'} ${otherName}: why?`
  return (
    <button
      type="button"
      class={`card ${liked ? 'liked' : 'passed'}`}
      title={told}
      aria-label={told}
      onClick={() =>
        askWhy({ question: 'like', a: k, b: other, title: `Why ${liked ? 'a like' : 'a pass'} for ${otherName}?` })
      }
    >
      <Picture seed={other * 7} name={otherName} size={30} />
      <span aria-hidden="true">{liked ? '♥' : '–'}</span>
    </button>
  )
}

function Split({ left, right, names }: { left: number; right: number; names: readonly [string, string] }) {
  const share = left + right > 0 ? left / (left + right) : 0
  return (
    <span class="split" role="img" aria-label={`${names[0]} ${left}, ${names[1]} ${right}`}>
      <span style={{ width: `${share * 100}%` }}>{Math.round(share * 100)}%</span>
    </span>
  )
}
