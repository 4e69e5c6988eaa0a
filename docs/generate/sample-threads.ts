/**
 * Writes `docs/sample-threads.md`: ten random conversations of a small run.
 *
 *     npm run docs:threads
 */
import { writeFileSync } from 'node:fs'
import { createSimulation, generateProfile, makeRng, type PersonProfile, renderMessage } from '../../sim/index.ts'

const SEED = 'sample-threads'
const PEOPLE = 300
const DAYS = 14
const THREADS = 10

interface Line {
  readonly k: number
  readonly time: number
  readonly text: string
}

/** The page, as Markdown. */
export function sampleThreads(): string {
  const run = createSimulation({ seed: SEED, count: PEOPLE })
  const threads = new Map<string, Line[]>()
  let matches = 0
  for (let day = 0; day < DAYS; day++) {
    for (const { market, tables } of run.runDay().markets) {
      matches += tables.match.rows
      const { k, match, template, variant, operand, person, at, rows } = tables.message
      for (let i = 0; i < rows; i++) {
        const name = `${market}:${match[i]}`
        const lines = threads.get(name) ?? []
        threads.set(name, lines)
        const text = renderMessage(template[i]!, variant[i]!, operand[i]!, person[i]!)
        lines.push({ k: k[i]!, time: day * 86_400_000 + at[i]!, text })
      }
    }
  }
  const answered = [...threads.values()].filter((lines) => lines.some(({ k }) => k !== lines[0]!.k))
  const chosen = makeRng(SEED).sample(answered, Math.min(THREADS, answered.length))
  const profiles = new Map<number, PersonProfile>()
  const profileOf = (k: number) => {
    const profile = profiles.get(k) ?? generateProfile(run.plan.population, k)
    profiles.set(k, profile)
    return profile
  }
  const head = [
    '# Ten conversations',
    '',
    `Chosen at random among the answered ones of ${PEOPLE} people in their first ${DAYS} days: ${matches} matches, ` +
      `${threads.size} conversations, ${answered.length} of them answered by then. Times are UTC, from the run's first ` +
      'day on. Written by `npm run docs:threads`.',
  ]
  return `${[...head, ...chosen.map((lines) => thread(lines, profileOf))].join('\n')}\n`
}

function thread(lines: readonly Line[], profileOf: (k: number) => PersonProfile): string {
  const people = [...new Set(lines.map(({ k }) => k))].map(profileOf)
  const names = new Map(people.map(({ k, displayName }) => [k, displayName]))
  const who = people
    .map(({ displayName, archetype, intent }) => `${displayName} (${archetype}, ${intent})`)
    .join(' and ')
  const said = lines.map(({ k, time, text }) => `- ${clock(time)} **${names.get(k)}:** ${text}`)
  return ['', `## ${who}`, '', ...said].join('\n')
}

function clock(time: number): string {
  const minutes = Math.floor(time / 60_000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `day ${Math.floor(minutes / 1440) + 1}, ${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

if (process.argv[1] === import.meta.filename) writeFileSync('docs/sample-threads.md', sampleThreads())
