import { changesOf } from './changes.ts'
import { type Explanation, momentOf, shown } from './explanation.ts'
import type { Observed } from './observed.ts'
import type { OfferRecord, PostName } from './records.ts'

const HOUR_MS = 3_600_000

const SOURCES: Readonly<Record<string, string>> = {
  reach: 'posts that spread far',
  popular: 'posts that were liked lately',
  topic: "posts on the reader's interests",
  city: "posts from the reader's city",
  fresh: 'any post of the last days',
  scrolling: 'scrolling down, to any post of the last days',
}

/**
 * Everything that a was shown on a day; default: the last day on which a looked at the feed.
 * @param at instead the last item that was shown by then: a time in UTC such as 2024-01-05T19:30
 */
export function explainDay(
  observed: Observed,
  a: number,
  { day, at }: { readonly day?: number; readonly at?: string },
): Explanation[] {
  const offers = observed.witness.offers.filter((one) => one.a === a)
  const momentAt = ({ now }: OfferRecord) => momentOf(observed.config.startDay, now)
  if (at !== undefined) {
    const shownBy = offers.findLast((one) => momentAt(one).time.slice(0, at.replace('Z', '').length) <= at)
    return shownBy ? [offered(observed, shownBy)] : []
  }
  const wanted = day ?? (offers.length > 0 ? momentAt(offers.at(-1)!).day : -1)
  return offers.filter((offer) => momentAt(offer).day === wanted).map((offer) => offered(observed, offer))
}

/** Why a was shown this post, and what came of it; or why not. */
export function explainPost(observed: Observed, a: number, name: PostName): Explanation {
  const post = observed.posts.numberOf(name)
  const offer = observed.witness.offers.find((one) => one.a === a && one.post === post)
  return offer ? offered(observed, offer) : notOffered(observed, a, name, post)
}

function offered(observed: Observed, offer: OfferRecord): Explanation {
  const { a, author, post, now, source, attempt, u, chances, chance, curiosity, draw, terms } = offer
  const { startDay } = observed.config
  const { scrolling, ...ranked } = chances
  const perTry = source === 'scrolling' ? scrolling! : Object.values(ranked).reduce((sum, each) => sum + each, 0)
  const outcome = outcomeOf(observed, offer)
  const name = observed.posts.nameOf(post)
  return {
    question: 'feed',
    a,
    b: author,
    outcome,
    summary: [
      `Post ${name.author}:${name.nth} came up for ${a} from ${SOURCES[source]}, in try ${attempt + 1}; one such try came upon it with probability ${shown(perTry)}.`,
      reaction(offer, outcome),
    ],
    at: momentOf(startDay, now),
    terms,
    link: 'identity',
    probability: chance,
    draw,
    wouldChange: changesOf(terms, 'identity', draw),
    details: {
      post: `${name.author}:${name.nth}`,
      source,
      try: attempt + 1,
      tryDraw: u,
      chancePerTry: perTry,
      chances,
      openProfile: { probability: (1 - chance) * curiosity, curiosity },
    },
  }
}

function outcomeOf({ posts }: Observed, { a, post, chance, curiosity, draw }: OfferRecord): string {
  if (draw < chance) return posts.isLikedBy(a, post) ? 'LIKE' : 'PENDING'
  return draw < chance + (1 - chance) * curiosity ? 'OPEN_PROFILE' : 'PASS'
}

function reaction({ a, chance, curiosity, draw }: OfferRecord, outcome: string): string {
  const against = `the draw ${shown(draw)} against the probability ${shown(chance)}`
  if (outcome === 'LIKE') return `${a} liked it: ${against}.`
  if (outcome === 'PENDING')
    return `${a} means to like it: ${against}; the like comes after the days asked about, or too late.`
  const both = `${shown(chance + (1 - chance) * curiosity)} for looking at the author's profile`
  if (outcome === 'OPEN_PROFILE') return `${a} opened the author's profile: ${against}, and ${both}.`
  return `${a} went on: ${against}, and ${both}.`
}

function notOffered(observed: Observed, a: number, name: PostName, post: number): Explanation {
  const { posts, witness, config } = observed
  const { windowHours } = config.parameters.policy.feed
  const publishedAt = posts.publishedAt(post)
  const until = Math.min(observed.now, publishedAt + windowHours * HOUR_MS)
  const looks = witness.offers.filter((one) => one.a === a && one.now > publishedAt && one.now < until).length
  const why =
    name.author === a
      ? `It is ${a}'s own.`
      : looks === 0
        ? `${a} did not look at the feed in the ${windowHours} hours in which it was shown.`
        : `It did not come up in the ${looks} items that ${a} saw while it was in the feed.`
  return {
    question: 'feed',
    a,
    b: name.author,
    outcome: 'NOT_SHOWN',
    summary: [`Post ${name.author}:${name.nth} was not shown to ${a} by the end of day ${observed.lastDay}.`, why],
    at: null,
    terms: [],
    link: 'identity',
    probability: null,
    draw: null,
    wouldChange: [],
    details: {
      post: `${name.author}:${name.nth}`,
      publishedAt: momentOf(config.startDay, publishedAt),
      itemsSeenMeanwhile: looks,
    },
  }
}
