/**
 * Prints what the people of a run say, for somebody to read: whole conversations, posts and bios, each with the place and
 * the writer's own clock, but nothing of how it was made.
 *
 *     npm run docs:words -- SEED [START [MESSAGES POSTS BIOS]]
 */
import { placePack, weekday, ZoneClock } from '../../sim/content/index.ts'
import {
  createSimulation,
  generateProfile,
  makeRng,
  type PersonProfile,
  renderMessage,
  renderPost,
} from '../../sim/index.ts'

const PEOPLE = 600
const DAYS = 14
const DAY = 86_400_000
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

interface Said {
  readonly k: number
  readonly utc: number
  readonly text: string
}

export interface SampleSize {
  readonly messages: number
  readonly posts: number
  readonly bios: number
}

/** The sample of a seed, as plain text. @param startDate first day of the run, YYYY-MM-DD */
export function sampleWords(seed: string, startDate: string, size: SampleSize): string {
  const run = createSimulation({ seed, count: PEOPLE, startDate })
  const { population } = run.plan
  const threads = new Map<string, Said[]>()
  const posts: Said[] = []
  for (let day = 0; day < DAYS; day++) {
    const midnight = (population.startDay + day) * DAY
    for (const { market, tables } of run.runDay().markets) {
      const { message: m, post: p } = tables
      for (let i = 0; i < m.rows; i++) {
        const name = `${market}:${m.match[i]}`
        const text = renderMessage(m.template[i]!, m.variant[i]!, m.operand[i]!, m.person[i]!)
        threads.set(name, [...(threads.get(name) ?? []), { k: m.k[i]!, utc: midnight + m.at[i]!, text }])
      }
      for (let i = 0; i < p.rows; i++) {
        const text = renderPost(p.template[i]!, p.variant[i]!, p.operand[i]!)
        posts.push({ k: p.k[i]!, utc: midnight + p.at[i]!, text })
      }
    }
  }
  const profiles = new Map<number, PersonProfile>()
  const profileOf = (k: number) => {
    const profile = profiles.get(k) ?? generateProfile(population, k)
    profiles.set(k, profile)
    return profile
  }
  const rng = makeRng(seed)
  const out: string[] = [`seed ${seed}, from ${startDate}`, '', '== conversations']
  let count = 0
  for (const thread of rng.shuffle([...threads.values()])) {
    if (count >= size.messages) break
    const chosen = thread.slice(0, size.messages - count)
    count += chosen.length
    out.push('', conversation(chosen, profileOf))
  }
  out.push('', '== posts')
  for (const post of rng.shuffle(posts).slice(0, size.posts)) {
    const profile = profileOf(post.k)
    out.push(`${when(post.utc, profile)} ${placeOf(profile)}: ${post.text}`)
  }
  out.push('', '== bios')
  const people = rng.shuffle(Array.from({ length: PEOPLE }, (_, i) => profileOf(i + 1))).filter(({ bio }) => bio !== '')
  for (const profile of people.slice(0, size.bios)) {
    out.push(`${profile.displayName}, ${profile.intent}, ${placeOf(profile)}: ${profile.bio.replaceAll('\n', ' / ')}`)
  }
  return out.join('\n')
}

function conversation(thread: readonly Said[], profileOf: (k: number) => PersonProfile): string {
  const people = [...new Set(thread.map(({ k }) => k))].map(profileOf)
  const head = people.map(
    (profile) => `${profile.displayName}, ${profile.intent}, ${placeOf(profile)}: ${bioOf(profile)}`,
  )
  const lines = thread.map(({ k, utc, text }) => {
    const profile = profileOf(k)
    return `  [${when(utc, profile)}] ${profile.displayName}: ${text}`
  })
  return [...head.map((line) => `# ${line}`), ...lines].join('\n')
}

function bioOf({ bio }: PersonProfile): string {
  return bio === '' ? '(no bio)' : bio.replaceAll('\n', ' / ')
}

function placeOf({ city }: PersonProfile): string {
  const { name, region } = placePack('us').cities[city]!
  return `${name} ${region}`
}

const clock = new ZoneClock()

/** On the writer's own clock. */
function when(utc: number, { city }: PersonProfile): string {
  const local = utc + clock.offsetMs(placePack('us').cities[city]!.zone, utc)
  const day = Math.floor(local / DAY)
  const minute = Math.floor((local - day * DAY) / 60_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const date = new Date(day * DAY).toISOString().slice(5, 10)
  return `${WEEKDAYS[weekday(day)]} ${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

if (process.argv[1] === import.meta.filename) {
  const [seed = 'words', startDate = '2024-01-01', messages = '300', posts = '100', bios = '50'] = process.argv.slice(2)
  const size = { messages: Number(messages), posts: Number(posts), bios: Number(bios) }
  process.stdout.write(`${sampleWords(seed, startDate, size)}\n`)
}
