import type { PersonReport, Timeline } from '../../sim/index.ts'

const BARS = ' ▁▂▃▄▅▆▇█'
const QUOTED = 88

/** A person for people to read. */
export function personLines({ k, joined, joinDay, profile, personality, quizzes, rhythm }: PersonReport): string[] {
  const two = (value: number) => value.toFixed(2)
  const { city } = profile
  const place = [city.name, city.region, city.country].filter((each) => each !== '').join(', ')
  return [
    `person ${k}: ${profile.displayName}, ${profile.gender}, born ${profile.birthdate}, ${place}`,
    `  joined     ${joined}${joinDay < 0 ? ', before the run' : ` (day ${joinDay})`}; ${profile.lifecycle} then`,
    `  seeks      ${profile.seeks.join(', ')}, for ${profile.intent}`,
    `  bio        ${profile.bio === '' ? '(none)' : profile.bio}`,
    `  interests  ${profile.interests.join(', ')}`,
    `  pictures   ${profile.media.length}`,
    `  archetype  ${personality.archetype}; topics ${personality.topics.join(', ')}`,
    `  traits     sociability ${two(personality.sociability)}, selectivity ${two(personality.selectivity)}, engagement ${two(personality.engagement)}`,
    `  factors    appeal ${two(personality.appeal)}, warmth to posts ${two(personality.warmth)} (median 1)`,
    `  rhythm     ${two(rhythm.sessionsPerDay)} sessions and ${two(rhythm.postsPerDay)} posts a day while active, in ${rhythm.timeZone}`,
    `  workday    ${bars(rhythm.workday)}  midnight to midnight, most at ${rhythm.peak.workday} h`,
    `  weekend    ${bars(rhythm.weekend)}  most at ${rhythm.peak.weekend} h`,
    ...quizzes.flatMap(({ title, answers }) => [
      `  quiz       ${title}`,
      ...answers.map(({ question, answer, score }) => `    ${two(score)}  ${question} ${answer}`),
    ]),
    ...(quizzes.length === 0 ? ['  quiz       (none taken)'] : []),
  ]
}

function bars(values: readonly number[]): string {
  const most = Math.max(...values)
  return values.map((value) => BARS[Math.round((value / most) * (BARS.length - 1))]!).join('')
}

/** Days of a person for people to read. */
export function timelineLines({ days, met }: Timeline): string[] {
  const lines: string[] = []
  for (const { day, date, feedItems, events } of days) {
    lines.push(`day ${day}, ${date}: ${events.length === 0 ? 'nothing' : `${feedItems} items of the feed read`}`)
    for (const { time, what, other, text, until } of events) {
      const whom = other === undefined ? '' : ` ${other}`
      const more = until === undefined ? '' : ` until ${until.slice(11, 19)}`
      lines.push(`  ${time.slice(11, 19)}  ${what}${whom}${more}${text === undefined ? '' : `: ${quoted(text)}`}`)
    }
  }
  lines.push('', met.length === 0 ? 'met nobody' : 'met:')
  for (const { k, name, city, events } of met) {
    const what = Object.entries(events).map(([kind, times]) => (times === 1 ? kind : `${kind} ×${times}`))
    lines.push(`  ${k}  ${name}, ${city}: ${what.join(', ')}`)
  }
  return lines
}

function quoted(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text
}
