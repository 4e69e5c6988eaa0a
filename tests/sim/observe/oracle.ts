import { DAY, type Happening, HOUR, type InventedPerson, offsetOf, START_DAY } from './invented-market.ts'

type Of<K extends Happening['kind']> = Happening & { readonly kind: K }

/**
 * The vectors of a tally, counted the slow way: every number by a search through the whole list of happenings, from the
 * definitions alone. Trailing zeros are left out.
 */
export function bruteForce(persons: readonly InventedPerson[], all: readonly Happening[], days: number) {
  const end = days * DAY
  const of = <K extends Happening['kind']>(kind: K) => all.filter((h) => h.kind === kind) as unknown as Of<K>[]
  const [sessions, posts, seen, liked] = [of('session'), of('post'), of('feed_seen'), of('liked_post')]
  const [views, likes, matches, messages] = [of('profile_view'), of('like'), of('match'), of('message')]
  const everyone = persons.map((_, k) => k)
  const genderOf = (k: number) => persons[k]!.gender ?? 0
  const joinedAt = (k: number) => persons[k]!.joinedAt ?? -DAY
  const day = (at: number) => Math.floor(at / DAY)
  const perDay = (list: readonly { readonly at: number }[]) =>
    Array.from({ length: days }, (_, d) => list.filter(({ at }) => day(at) === d).length)
  const vectors: Record<string, number[]> = {}

  ;['woman', 'man', 'nonbinary'].forEach((name, gender) => {
    const sent = likes.filter(({ k }) => genderOf(k) === gender)
    vectors[`day.like.${name}`] = perDay(sent.filter(({ action }) => action === 1))
    vectors[`day.dislike.${name}`] = perDay(sent.filter(({ action }) => action === 0))
    const received = everyone
      .filter((k) => genderOf(k) === gender)
      .map((k) => likes.filter(({ to, action }) => to === k && action === 1).length)
    vectors[`received.${name}`] = histogram(received)
  })
  const engaged = (k: number, post: number) =>
    liked.some((h) => h.k === k && h.post === post) || views.some((h) => h.k === k && h.post === post)
  vectors['day.seen'] = perDay(seen)
  vectors['day.engaged'] = perDay(seen.filter(({ k, post }) => engaged(k, post)))
  vectors['day.session'] = perDay(sessions)
  vectors['day.message'] = perDay(messages)
  vectors['day.match'] = perDay(matches)
  const thread = (match: number) => messages.filter((h) => h.match === match)
  vectors['day.match.silent'] = perDay(matches.filter((_, i) => thread(i).length === 0))
  const threads = matches.map((_, i) => thread(i)).filter((list) => list.length > 0)
  const answer = (list: readonly Of<'message'>[]) => list.find(({ k }) => k !== list[0]!.k)
  const isAnswered = (list: readonly Of<'message'>[]) =>
    answer(list) !== undefined && answer(list)!.at - list[0]!.at <= 7 * DAY
  const begun = (list: readonly (readonly Of<'message'>[])[]) => perDay(list.map((each) => each[0]!))
  vectors['day.conversation'] = begun(threads)
  vectors['day.conversation.answered'] = begun(threads.filter(isAnswered))
  vectors['day.conversation.onesided'] = begun(threads.filter((list) => answer(list) === undefined))
  vectors['thread.length'] = histogram(
    threads.filter((list) => answer(list) && day(list[0]!.at) < days - 7).map((list) => list.length),
  )
  vectors['day.post'] = perDay(posts)
  const likesOf = posts.map((_, i) => liked.filter(({ post }) => post === i).length)
  vectors['day.post.unliked'] = perDay(posts.filter((_, i) => likesOf[i] === 0))
  vectors['post.likes'] = histogram(likesOf.filter((_, i) => day(posts[i]!.at) < days - 3))
  vectors['person.posts'] = histogram(
    everyone.map((k) => posts.filter((h) => h.k === k).length).filter((count) => count > 0),
  )

  const activeIn = (k: number, from: number, to: number) =>
    sessions.some((h) => h.k === k && h.start >= from && h.start < to && h.at < to)
  const old = (k: number, d: number) => joinedAt(k) <= (d - 13) * DAY
  const eachDay = Array.from({ length: days }, (_, d) => d)
  vectors['day.account'] = eachDay.map((d) => (d < 13 ? 0 : everyone.filter((k) => old(k, d)).length))
  vectors['day.account.inactive'] = eachDay.map((d) =>
    d < 13 ? 0 : everyone.filter((k) => old(k, d) && !activeIn(k, (d - 13) * DAY, (d + 1) * DAY)).length,
  )

  const opener = [0, 0, 0, 0, 0, 0]
  const sociability = (k: number) => Math.fround(persons[k]!.sociability ?? 0.5)
  matches.forEach((match, i) => {
    const first = thread(i)[0]
    if (!first) return
    const other = first.k === match.k ? match.other : match.k
    const genders = [genderOf(first.k), genderOf(other)].sort((a, b) => a - b).join()
    const greater = sociability(first.k) > sociability(other) ? 1 : 0
    if (genders === '0,1') {
      opener[0]!++
      opener[1]! += genderOf(first.k) === 1 ? 1 : 0
    }
    if (sociability(first.k) === sociability(other)) return
    opener[4]!++
    opener[5]! += greater
    if (genderOf(first.k) !== genderOf(other)) return
    opener[2]!++
    opener[3]! += greater
  })
  vectors.opener = opener

  const retention = [0, 0, 0, 0, 0, 0]
  ;[1, 7, 30].forEach((after, i) => {
    const due = everyone.filter((k) => joinedAt(k) >= 0 && joinedAt(k) + (after + 1) * DAY <= end)
    const back = (k: number) =>
      sessions.some(
        (h) => h.k === k && h.start >= joinedAt(k) + after * DAY && h.start < joinedAt(k) + (after + 1) * DAY,
      )
    retention[2 * i] = due.length
    retention[2 * i + 1] = due.filter(back).length
  })
  vectors.retention = retention

  const actions = [...posts, ...seen, ...liked, ...views, ...likes, ...messages].sort((a, b) => a.at - b.at)
  const hours = new Array<number>(48).fill(0)
  for (const { k, at } of actions) {
    const local = at + offsetOf(persons[k]!.zone ?? 0, at)
    const weekday = new Date(START_DAY * DAY + local).getUTCDay()
    hours[(weekday === 0 || weekday === 6 ? 24 : 0) + Math.floor((((local % DAY) + DAY) % DAY) / HOUR)]!++
  }
  vectors.hour = hours

  const delays: number[] = []
  for (const list of threads) {
    list.forEach((message, i) => {
      if (i > 0 && list[i - 1]!.k !== message.k) delays.push(Math.floor((message.at - list[i - 1]!.at) / 1000))
    })
  }
  const posting = { whole: [0, 0, 0], early: [0, 0, 0] }
  const rates: number[] = []
  for (const k of everyone) {
    const weeks = Array.from({ length: Math.floor(days / 7) }, (_, w) => w).filter(
      (w) =>
        joinedAt(k) <= w * 7 * DAY &&
        sessions.some((h) => h.k === k && h.start >= w * 7 * DAY && h.start < (w + 1) * 7 * DAY),
    )
    const postsIn = (w: number) => posts.filter((h) => h.k === k && Math.floor(h.at / (7 * DAY)) === w).length
    const sum = (list: number[]) => list.reduce((total, w) => total + postsIn(w), 0)
    if (weeks.filter((w) => postsIn(w) > 0).length < 2) continue
    const early = weeks.filter((w) => w >= 2 && w < 4)
    posting.whole = posting.whole.map((x, i) => x + [1, sum(weeks), weeks.length][i]!)
    posting.early = posting.early.map((x, i) => x + [1, sum(early), early.length][i]!)
    rates.push(Math.min(1000, Math.floor((20 * sum(weeks)) / weeks.length)))
  }
  vectors.posting = posting.whole
  vectors['posting.10-30'] = posting.early
  vectors['posting.rate'] = histogram(rates)

  const gapsOf = (times: readonly number[]) => times.slice(1).map((t, i) => t - times[i]!)
  const bursts = (timesOf: (k: number) => number[]) =>
    everyone.map(timesOf).flatMap((times) => {
      const gaps = gapsOf(times.map((t) => Math.floor(t / 1000)))
      return times.length >= 30 ? [burstiness(gaps)] : []
    })
  vectors['burst.session'] = nano(bursts((k) => sessions.filter((h) => h.k === k).map(({ start }) => start)))
  vectors['burst.action'] = nano(bursts((k) => actions.filter((h) => h.k === k).map(({ at }) => at)))
  return { vectors: trimmed(vectors), delays }
}

function burstiness(gaps: readonly number[]): number {
  const n = gaps.length
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / n
  const sigma = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / n)
  const r = sigma / mean
  return (Math.sqrt(n + 1) * r - Math.sqrt(n - 1)) / ((Math.sqrt(n + 1) - 2) * r + Math.sqrt(n - 1))
}

function nano(values: readonly number[]): number[] {
  const sum = (list: readonly number[]) => list.reduce((total, x) => total + Math.round(x * 1e9), 0)
  return [values.length, sum(values), sum(values.map((x) => x * x))]
}

function histogram(values: readonly number[]): number[] {
  const counts = new Array<number>(values.reduce((most, value) => Math.max(most, value + 1), 0)).fill(0)
  for (const value of values) counts[value]!++
  return counts
}

/** Vectors as lists without trailing zeros. */
export function trimmed(vectors: Readonly<Record<string, ArrayLike<number>>>): Record<string, number[]> {
  const lists: Record<string, number[]> = {}
  for (const [name, vector] of Object.entries(vectors)) {
    let length = vector.length
    while (length > 0 && vector[length - 1] === 0) length--
    lists[name] = Array.from(vector).slice(0, length)
  }
  return lists
}
