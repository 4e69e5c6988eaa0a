import { civilFromDays, placePack, weekday, ZoneClock } from '../../../../../sim/content/index.ts'
import { meanTemperature } from '../../../../../sim/content/places/climate.ts'

/** A text with its writer and the moment on the writer's own wall clock. */
export interface Said {
  readonly k: number
  readonly text: string
  /** Civil days since 1970, minutes since midnight, 0 (Sunday) … 6, 1 … 12. */
  readonly day: number
  readonly minute: number
  readonly weekday: number
  readonly month: number
  /** Number of the line that says most of it, where the build has one. */
  readonly template: number
}

export interface Writer {
  readonly k: number
  readonly bio: string
  readonly city: string
  readonly metro: number
  readonly interests: readonly number[]
  /** °C of the run's months in the city, by month 1 … 12. */
  readonly temperature: (month: number) => number
}

export interface Corpus {
  readonly people: ReadonlyMap<number, Writer>
  readonly threads: readonly (readonly Said[])[]
  readonly posts: readonly Said[]
}

/** Whatever build of the engine is read: this one, or an older one whose folder TEXTS_BUILD names. */
async function engine(): Promise<typeof import('../../../../../sim/index.ts')> {
  const other = process.env.TEXTS_BUILD
  return other === undefined
    ? import('../../../../../sim/index.ts')
    : import(/* @vite-ignore */ `${other}/sim/index.js`)
}

const DAY = 86_400_000

/** All that the people of a run write and say of themselves. */
export async function readRun(seed: string, count: number, days: number, startDate: string): Promise<Corpus> {
  const sim = await engine()
  const run = sim.createSimulation({ seed, count, startDate })
  const { population } = run.plan
  const clock = new ZoneClock()
  const cities = placePack('us').cities
  const people = new Map<number, Writer>()
  const zones = new Map<number, number>()
  for (let k = 1; k <= count; k++) {
    const { bio, city, interests } = sim.generateProfile(population, k)
    const home = cities[city]!
    const key = `${home.name}, ${home.region}`
    people.set(k, {
      k,
      bio,
      city: home.name,
      metro: home.metro,
      interests,
      temperature: (month) => meanTemperature(key, month),
    })
    zones.set(k, home.zone)
  }
  const said = (k: number, utc: number, text: string, template: number): Said => {
    const local = utc + clock.offsetMs(zones.get(k)!, utc)
    const day = Math.floor(local / DAY)
    const minute = Math.floor((local - day * DAY) / 60_000)
    return { k, text, day, minute, weekday: weekday(day), month: civilFromDays(day).month, template }
  }
  const threads = new Map<string, Said[]>()
  const posts: Said[] = []
  for (let day = 0; day < days; day++) {
    const midnight = (population.startDay + day) * DAY
    for (const { market, tables } of run.runDay().markets) {
      const { message: m, post: p } = tables
      for (let i = 0; i < m.rows; i++) {
        const name = `${market}:${m.match[i]}`
        const text = sim.renderMessage(m.template[i]!, m.variant[i]!, m.operand[i]!, m.person[i]!)
        const thread = threads.get(name) ?? []
        threads.set(name, thread)
        thread.push(said(m.k[i]!, midnight + m.at[i]!, text, m.template[i]!))
      }
      for (let i = 0; i < p.rows; i++) {
        const text = sim.renderPost(p.template[i]!, p.variant[i]!, p.operand[i]!)
        posts.push(said(p.k[i]!, midnight + p.at[i]!, text, p.template[i]!))
      }
    }
  }
  return { people, threads: [...threads.values()], posts }
}

/** Bios of people who need no run. */
export async function readBios(seed: string, count: number): Promise<string[]> {
  const sim = await engine()
  const { population } = sim.createSimulation({ seed, count: 1 }).plan
  return Array.from({ length: count }, (_, i) => sim.generateProfile(population, i + 1).bio).filter((bio) => bio !== '')
}

/** One corpus of several runs; people keep apart. */
export function joined(corpora: readonly Corpus[]): Corpus {
  const people = new Map<number, Writer>()
  const threads: (readonly Said[])[] = []
  const posts: Said[] = []
  corpora.forEach((corpus, run) => {
    const shift = run * 1_000_000
    const own = (said: Said): Said => ({ ...said, k: said.k + shift })
    for (const person of corpus.people.values()) people.set(person.k + shift, { ...person, k: person.k + shift })
    for (const thread of corpus.threads) threads.push(thread.map(own))
    for (const post of corpus.posts) posts.push(own(post))
  })
  return { people, threads, posts }
}
